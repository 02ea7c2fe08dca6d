// Records of family carers. A carer is known from the first tie to the last: as a resident, as a
// child elsewhere, or as a friend of whom nothing but the help is known. Records that are free are
// used again.
#pragma once

#include <vector>

#include "base/contract.hpp"
#include "model/carer.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;

/// Takes a free record, or makes one.
template <class Id, class Record>
Id take_record(std::vector<Record>& records, std::vector<Id>& free, const Record& fresh) {
  if (free.empty()) {
    CARE_EXPECTS(records.size() < records.capacity());  // references into it are held
    records.push_back(fresh);
    return Id(records.size() - 1);
  }
  const Id id = free.back();
  free.pop_back();
  records[id.index] = fresh;
  return id;
}

/// The carer that somebody is, made where she was none.
model::CarerId resident_as_carer(World& world, model::ResidentId id);
model::CarerId child_as_carer(World& world, model::KinId id);
/// A friend or neighbour of this resident, who is always another.
model::CarerId friend_as_carer(World& world, const model::Resident& who);

/// Gives back the record of one who cares for nobody any more.
void forget_if_idle(World& world, model::CarerId id);

/// "the wife", "a son", "a friend or neighbour": the carer as those cared for would say.
const char* words_of(const model::Carer& carer, model::Relation relation);

}  // namespace carestair::processes
