#include "processes/recruitment.hpp"

#include <algorithm>
#include <cmath>

#include "processes/posts.hpp"
#include "processes/world.hpp"
#include "synth/staff.hpp"

namespace carestair::processes {

using model::Post;
using model::Trainee;

namespace {

/// Fall of the rate since 2020, when fewer are educated than are asked for.
float supply(const World& world, std::size_t occupation) {
  constexpr base::Day base_year = base::to_day({2020, 1, 1});
  const double years = static_cast<double>(world.today() - base_year) / base::days_per_year;
  return std::exp(world.rules().workforce.supply_log[occupation] *
                  static_cast<float>(std::clamp(years / 20.0, 0.0, 1.0)));
}

Post* first_vacancy(World& world, model::Occupation occupation, model::UnitIndex unit) {
  for (Post& post : world.state.staff.posts) {
    if (post.state != Post::State::vacant || post.occupation != occupation) continue;
    if (unit == model::no_unit || post.unit == unit) return &post;
  }
  return nullptr;
}

void employ(World& world, Post& post, std::uint64_t uid, bool at_start, double men_share) {
  // Whoever is employed when the report begins is as old then as configured.
  const base::Day as_of = std::max(world.today(), world.period().report_from);
  post.holder =
      synth::draw_employee(world.config().workforce, world.seed(),
                           {uid, post.occupation, world.today(), at_start, as_of, men_share});
  post.holder.position = post.size;
  post.state = Post::State::filled;
  if (at_start) return;
  world.state.ledger.count_staff(model::StaffMove::hired, post.occupation);
}

/// An assistant who is not in training yet, by a number of the trainee.
std::uint64_t pick_assistant(const World& world, double u) {
  const double oldest = world.config().workforce.recruitment.oldest_trainee;
  const auto may = [&](const Post& post) {
    if (post.state != Post::State::filled) return false;
    if (post.holder.occupation != model::Occupation::assistant) return false;
    if (age_of(world, post.holder) >= oldest) return false;
    return std::ranges::find(world.state.staff.trainees, post.holder.uid, &Trainee::holder) ==
           world.state.staff.trainees.end();
  };
  const auto& posts = world.state.staff.posts;
  const auto found = static_cast<double>(std::ranges::count_if(posts, may));
  auto skip = static_cast<int>(found * u);
  for (const Post& post : posts) {
    if (may(post) && skip-- == 0) return post.holder.uid;
  }
  return 0;
}

void begin_training(World& world, std::size_t k) {
  model::Staff& staff = world.state.staff;
  const config::Training& training = world.config().workforce.training[k];
  Trainee trainee;
  trainee.training = static_cast<std::uint8_t>(k);
  trainee.uid = synth::staff_uid(world.rules().workforce.training_keys[k], staff.trained[k]);
  trainee.ready = world.today() + base::whole_days(training.years * base::days_per_year);
  if (training.from_staff) {
    random::Stream stream(world.seed(), trainee.uid, random::Purpose::training, 1);
    trainee.holder = pick_assistant(world, stream.uniform());
    if (trainee.holder == 0) return;
  }
  // Everybody who begins. More room is taken only when there were never so many before.
  staff.trainees.push_back(trainee);
}

/// The assistant has the new occupation: in a vacancy of the unit, or where she is.
void qualify(World& world, const config::Training& training, const Trainee& trainee) {
  auto& posts = world.state.staff.posts;
  const auto held = std::ranges::find_if(posts, [&](const Post& post) {
    return post.state == Post::State::filled && post.holder.uid == trainee.holder;
  });
  if (held == posts.end()) return;  // has left meanwhile
  held->holder.occupation = training.occupation;
  held->holder.bound_until =
      world.today() + base::whole_days(training.binding_years * base::days_per_year);
  world.state.ledger.count_staff(model::StaffMove::qualified, training.occupation);
  Post* vacancy = first_vacancy(world, training.occupation, held->unit);
  if (vacancy == nullptr) return;
  vacancy->holder = held->holder;
  vacancy->holder.position = vacancy->size;
  vacancy->state = Post::State::filled;
  vacate(world, *held);
}

/// Whether somebody who is ready needs no further look.
bool settle(World& world, const Trainee& trainee) {
  const config::Training& training = world.config().workforce.training[trainee.training];
  random::Stream stream(world.seed(), trainee.uid, random::Purpose::training);
  if (!stream.chance(training.completes_share) || !stream.chance(training.stays_share)) return true;
  if (training.from_staff) {
    qualify(world, training, trainee);
    return true;
  }
  Post* vacancy = first_vacancy(world, training.occupation, model::no_unit);
  if (vacancy == nullptr) {
    const double waits = world.config().workforce.recruitment.applicant_waits;
    return world.today() >= trainee.ready + base::whole_days(waits * base::days_per_year);
  }
  const double men = training.men_share >= 0.0 ? training.men_share
                                               : world.config().workforce.recruitment.men_share;
  employ(world, *vacancy, trainee.uid, false, men);
  vacancy->holder.bound_until =
      world.today() + base::whole_days(training.binding_years * base::days_per_year);
  return true;
}

}  // namespace

void start_vacancy(World& world, Post& post) {
  post.until_filled =
      random::threshold(world.seed(), post.uid, random::Purpose::vacancy, post.turn);
}

void hire(World& world, Post& post, bool at_start) {
  const model::Employee before = post.holder;
  const bool long_since = at_start || world.burning_in();
  employ(world, post, synth::staff_uid(post.uid, post.turn), long_since,
         world.config().workforce.recruitment.men_share);
  if (!long_since || before.uid == 0) return;
  // Ages stand still while the world burns in: who follows is as old as who left.
  post.holder.birth = before.birth;
  post.holder.retires = before.retires;
}

void fill_vacancies(World& world, float days) {
  const WorkforceTables& tables = world.rules().workforce;
  model::ByOccupation rate{};
  for (std::size_t o = 0; o < rate.size(); ++o) rate[o] = tables.fill_rate[o] * supply(world, o);
  for (Post& post : world.state.staff.posts) {
    if (post.state != Post::State::vacant) continue;
    post.until_filled -=
        days * rate[model::index(post.occupation)] * tables.units[post.unit].hiring_ratio;
    if (post.until_filled <= 0.0F) hire(world, post);
  }
}

void train(World& world, float days) {
  model::Staff& staff = world.state.staff;
  const auto& trainings = world.config().workforce.training;
  float employees = 0.0F;
  for (const model::Unit& unit : world.state.units) employees += unit.headcount;
  for (std::size_t k = 0; k < trainings.size(); ++k) {
    const std::uint64_t key = world.rules().workforce.training_keys[k];
    staff.until_trainee[k] -=
        days * employees * static_cast<float>(trainings[k].entrants / base::days_per_year);
    while (staff.until_trainee[k] <= 0.0F) {
      begin_training(world, k);
      staff.until_trainee[k] +=
          random::threshold(world.seed(), key, random::Purpose::training, ++staff.trained[k]);
    }
  }
  std::erase_if(staff.trainees, [&](const Trainee& trainee) {
    return world.today() >= trainee.ready && settle(world, trainee);
  });
}

}  // namespace carestair::processes
