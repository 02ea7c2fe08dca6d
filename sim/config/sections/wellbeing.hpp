// What is seldom seen or asked for: hidden problems, loneliness, mastery,
// behaviour in dementia, language.
#pragma once

#include "config/sections/axes.hpp"
#include "config/visitor.hpp"

namespace carestair::config {

// Laid out by hand: the declarations are tables, one parameter an entry.
// clang-format off

/// Alcohol, abuse or malnutrition: how common it is, comes and goes, and what it does.
struct HiddenProblem {
  Table prevalence;
  Table onset;
  double men_ratio = 1;
  double dementia_ratio = 1;
  double late_cohort_ratio = 1;
  double end = 0;
  double end_detected = 0;
  double detected_share = 0;
  double decline_ratio = 1;
  double acute_ratio = 1;
  double fall_ratio = 1;
  double death_ratio = 1;
  double loneliness_ratio = 1;

  void fields(Visitor& v) {
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0, .max = 20, .doc = doc};
    };
    v.table("prevalence", prevalence,
            {.axes = axes::need, .unit = "share", .min = 0, .max = 1,
             .doc = "share who have it at the start, and of those who reach the age or move in; "
                    "women of the older cohorts without dementia"});
    v.table("onset", onset,
            {.axes = axes::need, .unit = "per_year", .min = 0, .max = 10,
             .doc = "rate at which it begins, of the same"});
    v.number("men_ratio", men_ratio, ratio("men relative to women: share and onset"));
    v.number("dementia_ratio", dementia_ratio,
             ratio("with dementia relative to without: share and onset"));
    v.number("late_cohort_ratio", late_cohort_ratio,
             ratio("later cohorts relative to earlier ones: share and onset"));
    v.number("end", end,
             {.unit = "per_year", .min = 0, .max = 10, .doc = "rate at which it ends by itself"});
    v.number("end_detected", end_detected,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "rate at which it ends once it is detected and something is done"});
    v.number("detected_share", detected_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of those who have it in whom it is detected at the start"});
    v.number("decline_ratio", decline_ratio, ratio("what it does to decline"));
    v.number("acute_ratio", acute_ratio, ratio("what it does to acute illness"));
    v.number("fall_ratio", fall_ratio, ratio("what it does to falls"));
    v.number("death_ratio", death_ratio, ratio("what it does to the risk of death"));
    v.number("loneliness_ratio", loneliness_ratio, ratio("what it does to becoming lonely"));
  }
};

struct HiddenProblems {
  int from_age = 67;
  int late_cohort_from = 1945;
  HiddenProblem alcohol;
  HiddenProblem abuse;
  HiddenProblem malnutrition;
  double detection_base = 0;
  double detection_per_hour = 0;
  double contact_hours_max = 0;
  double competence = 1;
  double visit_screening_share = 0;
  double visit_detection = 0;
  double nutrition_screened_home = 0;
  double nutrition_screened_nursing_home = 0;
  double nutrition_sensitivity = 0;

  void fields(Visitor& v) {
    const auto share = [](std::string_view doc) {
      return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    v.integer("from_age", from_age,
              {.unit = "years", .min = 18, .max = 100, .doc = "age from which they are followed",
               .evidence = false});
    v.integer("late_cohort_from", late_cohort_from,
              {.unit = "calendar_year", .min = 1850, .max = 2100,
               .doc = "year of birth from which late_cohort_ratio holds", .evidence = false});
    v.group("alcohol", alcohol, "harmful use of alcohol");
    v.group("abuse", abuse, "violence, abuse or neglect");
    v.group("malnutrition", malnutrition, "malnutrition, or risk of it");
    v.number("detection_base", detection_base,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "rate of detection without any help: doctor, family"});
    v.number("detection_per_hour", detection_per_hour,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "what each weekly hour of staff contact adds"});
    v.number("contact_hours_max", contact_hours_max,
             {.unit = "hours_per_week", .min = 0, .max = 168,
              .doc = "hours beyond which contact adds no more; in a place with staff around the "
                     "clock it is this much"});
    v.number("competence", competence,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "competence of staff in these problems, multiplies what contact adds (1: as "
                     "today)"});
    v.number("visit_screening_share", visit_screening_share,
             share("share of preventive visits at which these problems are asked for"));
    v.number("visit_detection", visit_detection,
             share("chance that such a visit detects a problem"));
    v.number("nutrition_screened_home", nutrition_screened_home,
             share("share of recipients of hours at home screened for malnutrition in a year"));
    v.number("nutrition_screened_nursing_home", nutrition_screened_nursing_home,
             share("share of residents of nursing homes screened for malnutrition in a year"));
    v.number("nutrition_sensitivity", nutrition_sensitivity,
             share("share of the malnourished whom a screening finds"));
  }
};

struct Loneliness {
  double end = 0;
  double place_share = 0;

  void fields(Visitor& v) {
    v.number("end", end,
             {.unit = "per_year", .min = 0, .max = 10,
              .doc = "rate at which loneliness ends; that of becoming lonely follows from the "
                     "share lonely"});
    v.number("place_share", place_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share lonely among residents of staffed housing and nursing homes"});
  }
};

struct Mastery {
  double mean = 0.5;
  double sd = 0;
  double cohort_change = 0;
  double hours = 0;
  double seeking = 0;
  double accept = 0;

  void fields(Visitor& v) {
    const auto slope = [](double max, std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0, .max = max, .doc = doc};
    };
    v.number("mean", mean,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "mean on the scale from 0 to 1 of residents born in 1940; at one half mastery "
                     "changes no mean"});
    v.number("sd", sd,
             {.unit = "share", .min = 0, .max = 1, .doc = "standard deviation between residents"});
    v.number("cohort_change", cohort_change,
             {.unit = "per_year", .min = -0.05, .max = 0.05,
              .doc = "change of the mean by year of birth"});
    v.number("hours", hours,
             slope(1, "hours of practical help, personal care and nursing less from the bottom to "
                      "the top of the scale, relative to the middle"));
    v.number("seeking", seeking, slope(2, "the same of the rate of applying for help"));
    v.number("accept", accept,
             slope(1, "share more who accept a reablement course from the bottom to the top"));
  }
};

struct Behaviour {
  Table symptoms;
  double supervision_ratio = 1;
  double psychotropics_home = 0;
  double psychotropics_place = 0;
  double psychotropics_ratio = 1;
  double coercion = 0;
  double coercion_ratio = 1;
  double decision_share = 0;
  double staff_elasticity = 0;
  double milieu_share = 0;
  double milieu_symptoms_ratio = 1;
  double milieu_psychotropics_ratio = 1;
  double milieu_coercion_ratio = 1;

  void fields(Visitor& v) {
    const auto share = [](std::string_view doc) {
      return NumberSpec{.unit = "share", .min = 0, .max = 1, .doc = doc};
    };
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0, .max = 10, .doc = doc};
    };
    v.table("symptoms", symptoms,
            {.axes = axes::cognition, .unit = "share", .min = 0, .max = 1,
             .doc = "share with behavioural and psychological symptoms, by stage of dementia"});
    v.number("supervision_ratio", supervision_ratio,
             ratio("need of supervision with symptoms relative to without"));
    v.number("psychotropics_home", psychotropics_home,
             share("share of those with dementia at home who use psychotropics"));
    v.number("psychotropics_place", psychotropics_place,
             share("the same in staffed housing and nursing homes"));
    v.number("psychotropics_ratio", psychotropics_ratio,
             ratio("use with symptoms relative to without"));
    v.number("coercion", coercion,
             share("share of those with dementia in a place with staff who meet coercion"));
    v.number("coercion_ratio", coercion_ratio, ratio("coercion with symptoms relative to without"));
    v.number("decision_share", decision_share,
             share("share of those coerced for whom there is a formal decision"));
    v.number("staff_elasticity", staff_elasticity,
             {.unit = "ratio", .min = 0, .max = 5,
              .doc = "per cent less coercion for one per cent more staff hours a resident"});
    v.number("milieu_share", milieu_share,
             share("share of places with milieu treatment: music, activity, training of staff"));
    v.number("milieu_symptoms_ratio", milieu_symptoms_ratio,
             ratio("what milieu treatment does to symptoms"));
    v.number("milieu_psychotropics_ratio", milieu_psychotropics_ratio,
             ratio("what it does to psychotropics"));
    v.number("milieu_coercion_ratio", milieu_coercion_ratio, ratio("what it does to coercion"));
  }
};

struct Language {
  int year = 2016;
  Table share;
  double seeking_ratio = 1;
  double diagnosis_ratio = 1;
  double interpreter_share = 0;

  void fields(Visitor& v) {
    const auto ratio = [](std::string_view doc) {
      return NumberSpec{.unit = "ratio", .min = 0, .max = 5, .doc = doc};
    };
    v.integer("year", year,
              {.unit = "calendar_year", .min = 1900, .max = 2100, .doc = "year in which share is by age",
               .evidence = false});
    v.table("share", share,
            {.axes = axes::age, .unit = "share", .min = 0, .max = 1,
             .doc = "share of residents with another first language than Norwegian"});
    v.number("seeking_ratio", seeking_ratio,
             ratio("rate of applying for help without an interpreter, relative to others"));
    v.number("diagnosis_ratio", diagnosis_ratio,
             ratio("rate of diagnosis of dementia without an interpreter, relative to others"));
    v.number("interpreter_share", interpreter_share,
             {.unit = "share", .min = 0, .max = 1,
              .doc = "share of contacts with an interpreter or in the own language"});
  }
};

// clang-format on

}  // namespace carestair::config
