// A table of numbers over named axes (age, sex, need level, ...), read from CSV.
// Dense and row-major: the last axis runs fastest.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace carestair::config {

inline constexpr int oldest_age = 110;  // single years 0..110; the last is open

/// Axes a table may have. A CSV names levels in words (column `sex`: male, female; column
/// `need_level`: none, some, moderate, extensive; ...); age comes as `age` (a point: linear in
/// between, constant beyond) or `age_from,age_to` (a band: constant, empty age_to is open).
enum class Axis {
  age,         // 0..110, 111 levels
  sex,         // male, female
  need_level,  // none, some, moderate, extensive
  cognition,   // none, mild_impairment, mild, moderate, severe
  need_type,   // practical, personal_care, nursing, supervision, social
  distance,    // same_household, same_municipality, region, far
  income,      // low, middle, high
  user_group,  // intellectual_disability, mental_illness, substance_use, physical_disability
  home_zone,   // centre, near, far
  occupation,  // specialist_nurse .. leader
  competence   // health_education, college
};

/// Number of levels of an axis.
std::size_t axis_size(Axis axis);
/// Column name of an axis, and the names of its levels (empty for age).
std::string_view axis_name(Axis axis);
std::span<const std::string_view> axis_levels(Axis axis);

class Table {
 public:
  Table() = default;
  explicit Table(std::vector<Axis> axes, double fill = 0.0);

  [[nodiscard]] std::span<const Axis> axes() const { return axes_; }
  [[nodiscard]] std::span<double> cells() { return cells_; }
  [[nodiscard]] std::span<const double> cells() const { return cells_; }
  [[nodiscard]] bool empty() const { return cells_.empty(); }

  /// Cell by one index an axis, in the order of axes().
  template <class... Index>
  [[nodiscard]] double operator()(Index... index) const {
    const std::array<std::size_t, sizeof...(Index)> at{static_cast<std::size_t>(index)...};
    return cells_[offset(at)];
  }
  double& cell(std::span<const std::size_t> at) { return cells_[offset(at)]; }

 private:
  [[nodiscard]] std::size_t offset(std::span<const std::size_t> at) const {
    std::size_t where = 0;
    for (std::size_t i = 0; i < at.size(); ++i) where = where * sizes_[i] + at[i];
    return where;
  }

  std::vector<Axis> axes_;
  std::vector<std::size_t> sizes_;
  std::vector<double> cells_;
};

}  // namespace carestair::config
