#include "config/table.hpp"

#include <utility>

namespace carestair::config {
namespace {

struct AxisEntry {
  std::string_view name;
  std::span<const std::string_view> levels;
};

constexpr std::array<std::string_view, 2> sexes{"male", "female"};
constexpr std::array<std::string_view, 4> need_levels{"none", "some", "moderate", "extensive"};
constexpr std::array<std::string_view, 5> cognitions{"none", "mild_impairment", "mild", "moderate",
                                                     "severe"};
constexpr std::array<std::string_view, 5> need_types{"practical", "personal_care", "nursing",
                                                     "supervision", "social"};
constexpr std::array<std::string_view, 4> distances{"same_household", "same_municipality", "region",
                                                    "far"};
constexpr std::array<std::string_view, 3> incomes{"low", "middle", "high"};
constexpr std::array<std::string_view, 4> user_groups{"intellectual_disability", "mental_illness",
                                                      "substance_use", "physical_disability"};
constexpr std::array<std::string_view, 3> home_zones{"centre", "near", "far"};

constexpr std::array<std::string_view, 9> occupations{
    "specialist_nurse", "nurse",     "social_educator", "health_worker", "occupational_therapist",
    "physiotherapist",  "physician", "assistant",       "leader"};
constexpr std::array<std::string_view, 2> competences{"health_education", "college"};

// In the order of the Axis enumeration.
constexpr std::array<AxisEntry, 11> axis_table{{{"age", {}},
                                                {"sex", sexes},
                                                {"need_level", need_levels},
                                                {"cognition", cognitions},
                                                {"need_type", need_types},
                                                {"distance", distances},
                                                {"income", incomes},
                                                {"user_group", user_groups},
                                                {"home_zone", home_zones},
                                                {"occupation", occupations},
                                                {"competence", competences}}};

const AxisEntry& entry(Axis axis) { return axis_table[static_cast<std::size_t>(axis)]; }

}  // namespace

std::size_t axis_size(Axis axis) {
  return axis == Axis::age ? oldest_age + 1 : entry(axis).levels.size();
}

std::string_view axis_name(Axis axis) { return entry(axis).name; }

std::span<const std::string_view> axis_levels(Axis axis) { return entry(axis).levels; }

Table::Table(std::vector<Axis> axes, double fill) : axes_(std::move(axes)) {
  std::size_t cells = 1;
  for (const Axis axis : axes_) {
    sizes_.push_back(axis_size(axis));
    cells *= sizes_.back();
  }
  cells_.assign(cells, fill);
}

}  // namespace carestair::config
