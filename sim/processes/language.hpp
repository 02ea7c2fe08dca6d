// Residents whose first language is not Norwegian: immigrants, Sami.
//
//   share    table(age in language.year), by year of birth
//   seeking, diagnosis of dementia:  1 - (1 - ratio) (1 - interpreter_share)
//
// Without an interpreter, or a service in their language, they ask for help less and their dementia
// is diagnosed later. Who it is belongs to the resident for life and is settled when the care case
// opens. The rates of others are not raised for it: few are old, and the mean moves by one per
// cent. Config section `language`.
#pragma once

#include "config/sections/config.hpp"
#include "model/care.hpp"
#include "model/resident.hpp"
#include "random/stream.hpp"

namespace carestair::processes {

/// Whether the first language is another one; `own` is the resident's number.
bool speaks_another_language(const config::Language& rules, const model::Resident& who, double own);

/// What language does to seeking and to diagnosis.
void apply_language(const config::Language& rules, const model::CareCase& c, model::Ratios& ratios);

}  // namespace carestair::processes
