// Some of the cases of a world, a bit each, gone through in their own order. Rounds of all cases
// read those concerned alone: most cases are of people who are gone, or hold nothing.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/resident.hpp"

namespace carestair::model {

class CaseSet {
 public:
  void reserve(std::size_t cases) { words_.reserve(cases / bits + 1); }
  void insert(CaseId id) {
    const std::size_t word = id.index / bits;
    if (word >= words_.size()) words_.resize(word + 1, 0);
    words_[word] |= bit(id);
  }
  void erase(CaseId id) {
    if (contains(id)) words_[id.index / bits] &= ~bit(id);
  }
  [[nodiscard]] bool contains(CaseId id) const {
    return id.index / bits < words_.size() && (words_[id.index / bits] & bit(id)) != 0;
  }

  /// Visits each in order. The one visited, and those before it, may be erased meanwhile; those
  /// that are added may be visited or not.
  class Iterator {
   public:
    explicit Iterator(const std::vector<std::uint64_t>& words) : words_(words) { find(); }
    CaseId operator*() const {
      return CaseId(word_ * bits + static_cast<std::size_t>(std::countr_zero(left_)));
    }
    Iterator& operator++() {
      left_ &= left_ - 1;
      if (left_ == 0) {
        ++word_;
        find();
      }
      return *this;
    }
    bool operator!=(std::nullptr_t) const { return left_ != 0; }

   private:
    void find() {
      while (word_ < words_.size() && (left_ = words_[word_]) == 0) ++word_;
    }
    const std::vector<std::uint64_t>& words_;
    std::size_t word_ = 0;
    std::uint64_t left_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(words_); }
  [[nodiscard]] static std::nullptr_t end() { return nullptr; }

 private:
  static constexpr std::size_t bits = 64;
  static std::uint64_t bit(CaseId id) { return std::uint64_t{1} << id.index % bits; }
  std::vector<std::uint64_t> words_;
};

}  // namespace carestair::model
