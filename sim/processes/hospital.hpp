// Stays in hospital and in municipal acute beds: treatment, what it costs in function, discharge.
//
// When treatment ends, need may be one level higher (after a hip fracture one or two); what was
// lost may come back at hospital.loss_recovery or hip_recovery for recovery_days. Recipients of
// care, and a share of the others, are notified to the municipality: the allocation office decides
// the same day. Whoever is to have a short-term stay or a place and finds none free stays in
// hospital, ready for discharge, and the municipality pays day_charge for every day. After
// discharge acute illness is more likely for window_days, less so for those followed up.
#pragma once

#include "model/state.hpp"
#include "random/stream.hpp"

namespace carestair::processes {

class World;

enum class Cause : std::uint8_t { illness, mild_illness, fall, hip_fracture, last_days };

/// Whether there is a municipal acute bed, and one is free.
bool acute_bed_free(const World& world, const model::Resident& who);

/// Takes a resident to hospital, or to an acute bed with a mild illness; `draws` are the episode's.
void admit(World& world, model::ResidentId id, Cause cause, random::Stream& draws);

/// An episode caught early: some more help at home, no bed.
void treat_at_home(World& world, model::ResidentId id);

/// The day in hospital: treatment ends, patients are discharged or wait for the municipality.
void attend_hospital(World& world);

/// States that end today: the days after a discharge, of recovery, after a hip fracture, of a
/// terminal phase.
void end_spells(World& world);
/// A state begins that ends after so many days, at least one.
void begin_spell(World& world, model::ResidentId who, model::Spell::Kind kind, double days);

/// Days of a stay, from one to a year: lognormal with this mean and coefficient of variation.
int length_of_stay(double mean, double cv, random::Stream& draws);

/// A patient is no longer to be discharged: the stay ends with life.
void stay_until_death(World& world, model::ResidentId id);

/// Ends all there is when somebody dies or moves away.
void leave_hospital(World& world, model::ResidentId id);

}  // namespace carestair::processes
