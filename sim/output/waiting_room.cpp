#include "output/waiting_room.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/contract.hpp"

namespace carestair::output {
namespace {

[[noreturn]] void disk_error(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

}  // namespace

WaitingRoom::WaitingRoom(std::filesystem::path folder, std::size_t most_bytes)
    : folder_(std::move(folder)), most_bytes_(most_bytes) {}

WaitingRoom::~WaitingRoom() {
  if (file_ >= 0) close(file_);
}

void WaitingRoom::open_file() {
  std::string name = (folder_ / ".carestair-waiting-XXXXXX").string();
  file_ = mkstemp(name.data());
  if (file_ < 0) disk_error("cannot make a temporary file");
  unlink(name.c_str());  // disappears with the program, however it ends
}

void WaitingRoom::put(std::size_t turn, EncodedWorld world) {
  CARE_EXPECTS(!has(turn));
  Guest guest;
  guest.size = world.bytes.size();
  if (in_memory_ + guest.size <= most_bytes_) {
    in_memory_ += guest.size;
    world.bytes.shrink_to_fit();
  } else {
    if (file_ < 0) open_file();
    guest.on_disk = true;
    guest.offset = on_disk_;
    for (std::size_t done = 0; done < guest.size;) {
      const ssize_t wrote = pwrite(file_, world.bytes.data() + done, guest.size - done,
                                   static_cast<off_t>(guest.offset + done));
      if (wrote < 0 && errno == EINTR) continue;
      if (wrote <= 0) disk_error("cannot write a temporary file");
      done += static_cast<std::size_t>(wrote);
    }
    on_disk_ += guest.size;
    world.bytes = {};
  }
  guest.world = std::move(world);
  guests_.emplace(turn, std::move(guest));
}

EncodedWorld WaitingRoom::take(std::size_t turn) {
  const auto found = guests_.find(turn);
  CARE_EXPECTS(found != guests_.end());
  Guest guest = std::move(found->second);
  guests_.erase(found);
  if (!guest.on_disk) {
    in_memory_ -= guest.size;
    return std::move(guest.world);
  }
  guest.world.bytes.resize(guest.size);
  for (std::size_t done = 0; done < guest.size;) {
    const ssize_t got = pread(file_, guest.world.bytes.data() + done, guest.size - done,
                              static_cast<off_t>(guest.offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) disk_error("cannot read a temporary file");
    done += static_cast<std::size_t>(got);
  }
  return std::move(guest.world);
}

}  // namespace carestair::output
