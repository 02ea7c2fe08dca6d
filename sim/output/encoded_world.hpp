// A world as the file holds it, before it has its place there.
#pragma once

#include <cstdint>
#include <vector>

#include "record/finished_world.hpp"

namespace carestair::output {

/// The chunks in the order of world_tables(), then its events and its persons as they lie in
/// memory, one after the other in `bytes`. A chunk of size 0 is all zero and not written.
struct EncodedWorld {
  std::vector<std::uint32_t> sizes;
  std::vector<unsigned char> bytes;
};
EncodedWorld encode(const record::FinishedWorld& world);

}  // namespace carestair::output
