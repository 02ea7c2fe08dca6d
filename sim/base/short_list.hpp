// A list that is nearly always short: the first entries stand in place and cost no allocation; more
// of them, which hardly ever come, are kept all the same.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace carestair::base {

template <class Entry, std::size_t in_place>
class ShortList {
 public:
  void add(const Entry& entry) {
    if (size_ < in_place) {
      first_[size_] = entry;
    } else {
      more_.push_back(entry);
    }
    ++size_;
  }

  /// By value: an entry may be added while another is looked at.
  [[nodiscard]] Entry operator[](std::size_t i) const {
    return i < in_place ? first_[i] : more_[i - in_place];
  }

  [[nodiscard]] bool has(const Entry& entry) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if ((*this)[i] == entry) return true;
    }
    return false;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  std::array<Entry, in_place> first_{};
  std::vector<Entry> more_;
  std::size_t size_ = 0;
};

}  // namespace carestair::base
