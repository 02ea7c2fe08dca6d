// The levels by which residents are told apart, shared by state, tables and indicators.
// Order matters: tables and files store these as 0, 1, 2, ...
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace carestair::model {

enum class Sex : std::uint8_t { male, female };

/// Need of assistance as IPLOS groups it (samlet bistandsbehov).
enum class NeedLevel : std::uint8_t {
  none,      // self-reliant
  some,      // some or limited need (noe/avgrenset)
  moderate,  // moderate to large need (middels til stort)
  extensive  // extensive need (omfattende)
};

/// Cognition as disease, whether or not anybody has diagnosed it.
enum class Cognition : std::uint8_t { none, mild_impairment, mild, moderate, severe };

/// Who the services are for besides old age; kept for life once it is known.
enum class UserGroup : std::uint8_t {
  general,
  intellectual_disability,  // utviklingshemming
  mental_illness,
  substance_use,
  physical_disability
};

/// What residents may have and nobody sees.
enum class HiddenProblem : std::uint8_t { alcohol, abuse, malnutrition };

/// The need vector: hours a week of each type of help.
enum class NeedType : std::uint8_t { practical, personal_care, nursing, supervision, social };

/// How far away kin live.
enum class Distance : std::uint8_t { same_household, same_municipality, region, far };

enum class Income : std::uint8_t { low, middle, high };

/// Where a resident lives, kept apart from the services received there.
enum class Dwelling : std::uint8_t {
  unsuitable_home,  // ordinary home with steps, stairs or a bath that gets in the way
  suitable_home,
  care_housing,      // omsorgsbolig without staff of its own: a tenancy, home services come there
  safety_housing,    // trygghetsbolig: a tenancy with a host and others around
  care_housing_24h,  // omsorgsbolig med heldøgns bemanning
  nursing_home       // sykehjem, long stay
};

/// How far from the centre of the municipality an ordinary home lies.
enum class HomeZone : std::uint8_t { centre, near, far };

enum class Presence : std::uint8_t { resident, dead, moved_out };

/// Where somebody dies. Statistics call nursing home, short-term stay and acute bed together an
/// institution other than hospital; a death at home may be one on the road or at work.
enum class PlaceOfDeath : std::uint8_t {
  home,
  care_housing_24h,
  nursing_home,
  short_term_stay,
  acute_bed,  // municipal
  hospital
};

/// Where one who dies after a terminal phase wished to: in the own home, or not there.
enum class DeathWish : std::uint8_t { not_asked, home, not_home };

/// What staff of the care services are by training; leaders lead whatever they were.
enum class Occupation : std::uint8_t {
  specialist_nurse,  // with further education
  nurse,
  social_educator,  // vernepleier
  health_worker,    // helsefagarbeider
  occupational_therapist,
  physiotherapist,
  physician,
  assistant,  // without health education
  leader
};

/// What a task needs at least of who gives it; each can give what those before can.
enum class Competence : std::uint8_t { anybody, health_education, college };

constexpr Competence competence_of(Occupation occupation) {
  if (occupation == Occupation::assistant) return Competence::anybody;
  return occupation == Occupation::health_worker ? Competence::health_education
                                                 : Competence::college;
}

inline constexpr std::size_t sex_count = 2;
inline constexpr std::size_t need_level_count = 4;
inline constexpr std::size_t cognition_count = 5;
inline constexpr std::size_t user_group_count = 5;
inline constexpr std::size_t hidden_problem_count = 3;
inline constexpr std::size_t need_type_count = 5;
inline constexpr std::size_t distance_count = 4;
inline constexpr std::size_t income_count = 3;
inline constexpr std::size_t dwelling_count = 6;
inline constexpr std::size_t home_zone_count = 3;
inline constexpr std::size_t place_of_death_count = 6;
inline constexpr std::size_t death_wish_count = 3;
inline constexpr std::size_t occupation_count = 9;
inline constexpr std::size_t competence_count = 3;

inline constexpr std::array<std::string_view, sex_count> sex_names{"male", "female"};
inline constexpr std::array<std::string_view, need_level_count> need_level_names{
    "none", "some", "moderate", "extensive"};
inline constexpr std::array<std::string_view, cognition_count> cognition_names{
    "none", "mild_impairment", "mild", "moderate", "severe"};
inline constexpr std::array<std::string_view, user_group_count> user_group_names{
    "general", "intellectual_disability", "mental_illness", "substance_use", "physical_disability"};
inline constexpr std::array<std::string_view, hidden_problem_count> hidden_problem_names{
    "alcohol", "abuse", "malnutrition"};
inline constexpr std::array<std::string_view, need_type_count> need_type_names{
    "practical", "personal_care", "nursing", "supervision", "social"};
inline constexpr std::array<std::string_view, income_count> income_names{"low", "middle", "high"};
inline constexpr std::array<std::string_view, dwelling_count> dwelling_names{
    "unsuitable_home", "suitable_home",    "care_housing",
    "safety_housing",  "care_housing_24h", "nursing_home"};
inline constexpr std::array<std::string_view, place_of_death_count> place_of_death_names{
    "home", "care_housing_24h", "nursing_home", "short_term_stay", "acute_bed", "hospital"};
inline constexpr std::array<std::string_view, death_wish_count> death_wish_names{
    "not_asked", "home", "not_home"};
inline constexpr std::array<std::string_view, occupation_count> occupation_names{
    "specialist_nurse", "nurse",     "social_educator", "health_worker", "occupational_therapist",
    "physiotherapist",  "physician", "assistant",       "leader"};

/// Age groups of the official statistics on care.
inline constexpr std::array<int, 6> age_group_starts{0, 18, 50, 67, 80, 90};
inline constexpr std::size_t age_group_count = age_group_starts.size();
inline constexpr std::array<std::string_view, age_group_count> age_group_names{
    "0-17", "18-49", "50-66", "67-79", "80-89", "90+"};

/// By completed years of age; the last group is open.
inline constexpr auto age_groups = [] {
  std::array<std::uint8_t, 128> groups{};
  for (std::size_t age = 0; age < groups.size(); ++age) {
    for (std::size_t i = 1; i < age_group_count; ++i) {
      groups[age] += static_cast<int>(age) >= age_group_starts[i] ? 1U : 0U;
    }
  }
  return groups;
}();
constexpr std::size_t age_group(int age) {
  return age_groups[std::min(static_cast<std::size_t>(age), age_groups.size() - 1)];
}

template <class Level>
constexpr std::size_t index(Level level) {
  return static_cast<std::size_t>(level);
}

constexpr bool has_dementia(Cognition c) { return c >= Cognition::mild; }
/// Where home services come, tenancies included.
constexpr bool at_home(Dwelling d) { return d <= Dwelling::safety_housing; }
constexpr bool ordinary_home(Dwelling d) { return d <= Dwelling::suitable_home; }

/// Staff hours a week granted at home, in bands; a band includes its lower bound.
inline constexpr std::array<float, 6> hours_band_starts{0.0F, 2.0F, 5.0F, 10.0F, 20.0F, 35.5F};
inline constexpr std::size_t hours_band_count = hours_band_starts.size();

constexpr std::size_t hours_band(float hours_per_week) {
  std::size_t band = 0;
  for (std::size_t i = 1; i < hours_band_count; ++i) {
    band += hours_per_week >= hours_band_starts[i] ? 1U : 0U;
  }
  return band;
}

}  // namespace carestair::model
