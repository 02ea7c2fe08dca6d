// The axis combinations that sections use for their tables.
#pragma once

#include <array>

#include "config/table.hpp"

namespace carestair::config::axes {

inline constexpr std::array age{Axis::age};
inline constexpr std::array age_sex{Axis::age, Axis::sex};
inline constexpr std::array age_need{Axis::age, Axis::need_level};
inline constexpr std::array age_cognition{Axis::age, Axis::cognition};
inline constexpr std::array age_sex_need{Axis::age, Axis::sex, Axis::need_level};
inline constexpr std::array age_sex_cognition{Axis::age, Axis::sex, Axis::cognition};
inline constexpr std::array age_need_type{Axis::age, Axis::need_level, Axis::need_type};
inline constexpr std::array sex{Axis::sex};
inline constexpr std::array need{Axis::need_level};
inline constexpr std::array cognition{Axis::cognition};
inline constexpr std::array cognition_type{Axis::cognition, Axis::need_type};
inline constexpr std::array type{Axis::need_type};
inline constexpr std::array distance{Axis::distance};
inline constexpr std::array income{Axis::income};
inline constexpr std::array home_zone{Axis::home_zone};
inline constexpr std::array occupation{Axis::occupation};
inline constexpr std::array competence{Axis::competence};
inline constexpr std::array age_income{Axis::age, Axis::income};
inline constexpr std::array group{Axis::user_group};
inline constexpr std::array age_group{Axis::age, Axis::user_group};
inline constexpr std::array age_need_group{Axis::age, Axis::need_level, Axis::user_group};
inline constexpr std::array need_group_type{Axis::need_level, Axis::user_group, Axis::need_type};

}  // namespace carestair::config::axes
