// Children as kin: some are residents of the same municipality with lives of their own, some
// live elsewhere and are known by birth, distance and the day they will die.
#pragma once

#include "base/day.hpp"
#include "base/id.hpp"
#include "model/levels.hpp"
#include "model/resident.hpp"

namespace carestair::model {

/// One parent-child relation pair: a child in the chains of mother and father. A resident's
/// chain starts at Resident::first_child and goes on by `next_of_mother` for women and
/// `next_of_father` for men.
struct Kin {
  ResidentId resident;  // the child, while a resident here; invalid when living elsewhere
  base::Day birth;
  base::Day death{0x7fffffff};  // children elsewhere only: drawn from the life table when made
  ResidentId father;            // when he is (or was) a resident; the mother is known to the child
  KinId next_of_mother;
  KinId next_of_father;
  CarerId carer;  // valid while helping a parent
  Sex sex = Sex::female;
  Distance distance = Distance::far;
  bool dead = false;  // and known to be
};

}  // namespace carestair::model
