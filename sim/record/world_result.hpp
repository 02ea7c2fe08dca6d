// What one world leaves behind: every indicator, month by month, as plain arrays.
// Copying copies everything, so that a world forked at a policy's first change keeps its past.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "record/indicators.hpp"

namespace carestair::record {

class WorldResult {
 public:
  WorldResult() = default;
  WorldResult(std::size_t months, const Sizes& sizes) : months_(months), sizes_(sizes) {
    std::array<std::size_t, 3> size{};
    for (const Definition& d : definitions()) {
      Place& place = places_[static_cast<std::size_t>(d.indicator)];
      std::size_t& end = size[static_cast<std::size_t>(d.storage)];
      place = {end, cells(d, sizes)};
      end += place.cells * months;
    }
    u16_.resize(size[0]);
    u32_.resize(size[1]);
    f32_.resize(size[2]);
  }

  [[nodiscard]] std::size_t months() const { return months_; }
  [[nodiscard]] const Sizes& sizes() const { return sizes_; }
  [[nodiscard]] std::size_t cells_of(Indicator indicator) const { return place(indicator).cells; }

  /// All months of an indicator, [month][cell], the cells in the order of the definition's axes,
  /// the last axis fastest. `Number` must be the definition's storage type.
  template <class Number>
  [[nodiscard]] std::span<const Number> all(Indicator indicator) const {
    const Place& p = place(indicator);
    return std::span<const Number>(numbers<Number>()).subspan(p.offset, p.cells * months_);
  }
  /// One month of an indicator.
  template <class Number>
  [[nodiscard]] std::span<const Number> month(Indicator indicator, std::size_t month) const {
    const Place& p = place(indicator);
    return all<Number>(indicator).subspan(month * p.cells, p.cells);
  }
  template <class Number>
  [[nodiscard]] std::span<Number> month(Indicator indicator, std::size_t month) {
    CARE_EXPECTS(month < months_);
    const Place& p = place(indicator);
    return std::span<Number>(numbers<Number>()).subspan(p.offset + month * p.cells, p.cells);
  }

  /// Bit for bit, so that NaN equals NaN.
  friend bool operator==(const WorldResult& a, const WorldResult& b) {
    return a.months_ == b.months_ && a.sizes_ == b.sizes_ && a.u16_ == b.u16_ && a.u32_ == b.u32_ &&
           a.f32_.size() == b.f32_.size() &&
           std::memcmp(a.f32_.data(), b.f32_.data(), a.f32_.size() * sizeof(float)) == 0;
  }

 private:
  struct Place {
    std::size_t offset = 0;
    std::size_t cells = 0;
  };

  [[nodiscard]] const Place& place(Indicator indicator) const {
    return places_[static_cast<std::size_t>(indicator)];
  }
  template <class Number>
  [[nodiscard]] const std::vector<Number>& numbers() const {
    if constexpr (std::is_same_v<Number, std::uint16_t>) {
      return u16_;
    } else if constexpr (std::is_same_v<Number, std::uint32_t>) {
      return u32_;
    } else {
      static_assert(std::is_same_v<Number, float>);
      return f32_;
    }
  }
  template <class Number>
  [[nodiscard]] std::vector<Number>& numbers() {
    return const_cast<std::vector<Number>&>(std::as_const(*this).numbers<Number>());
  }

  std::size_t months_ = 0;
  Sizes sizes_;
  std::array<Place, indicator_count> places_{};
  std::vector<std::uint16_t> u16_;
  std::vector<std::uint32_t> u32_;
  std::vector<float> f32_;
};

}  // namespace carestair::record
