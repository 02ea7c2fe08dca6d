// Technology: devices that are thought of, accepted and left again. Config section `technology`.
//
// Every question is a number of the resident's own compared with the share in force:
//   the allocator thinks of devices     u(person)               < considered_share
//   she accepts and masters this one    u(person, device)       < accepted_share
//                                         + accepted_per_decade * (year of birth - 1940) / 10
//   it works and is used at this age    u(person, device, age)  < exp(-stops_per_year)
// A device meets needs that staff met before. Of the time this frees, `realisation` can be given to
// others; the rest stays booked on the device, as hours of the service it draws on:
//   lost hours = (1 - realisation) * (practical, personal care and nursing it meets)   [h/week]
#pragma once

#include "model/care.hpp"
#include "model/resident.hpp"

namespace carestair::processes {

class World;
struct ServiceRule;

bool considers_technology(const World& world, const model::Resident& who);
bool masters_device(const World& world, const ServiceRule& rule, const model::Resident& who);
bool is_in_working_use(const World& world, const ServiceRule& rule, const model::Resident& who);

/// Staff hours a week that the device frees but nobody else gets; `left` is the need it meets.
float lost_hours(const World& world, const ServiceRule& rule, const model::NeedVector& left);

/// On birthdays: buys devices that suit and have not been granted.
void buy_devices(World& world, model::ResidentId id);

}  // namespace carestair::processes
