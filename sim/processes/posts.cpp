#include "processes/posts.hpp"

#include <algorithm>
#include <utility>

#include "processes/recruitment.hpp"
#include "processes/world.hpp"
#include "synth/staff.hpp"

namespace carestair::processes {

using model::Post;

namespace {

/// What remains of a post after its hours have gone to others.
constexpr float nothing_left = 0.001F;

bool is_open(const Post& post) { return post.state != Post::State::closed; }

struct Sums {
  PostTable open{};
  std::array<float, model::max_units> headcount{};  // posts, leaders apart
};

Sums sum_up(const World& world) {
  Sums sums;
  for (const Post& post : world.state.staff.posts) {
    if (!is_open(post)) continue;
    sums.open[post.unit][model::index(post.occupation)] += post.size;
    if (post.occupation != model::Occupation::leader) sums.headcount[post.unit] += 1.0F;
  }
  return sums;
}

void advertise(World& world, Post& post) {
  post.state = Post::State::vacant;
  ++post.turn;
  start_vacancy(world, post);
}

/// Opens posts of together `gap`: those closed before first, then new ones.
void open_posts(World& world, std::size_t unit, std::size_t occupation, float gap) {
  const float least_post = world.rules().workforce.least_post;
  model::Staff& staff = world.state.staff;
  for (Post& post : staff.posts) {
    if (gap < least_post) return;
    const bool closed = !is_open(post) && post.unit == unit &&
                        model::index(post.occupation) == occupation && post.size > nothing_left;
    if (!closed || post.size > gap + least_post) continue;
    gap -= post.size;
    advertise(world, post);
  }
  const config::Staffing& staffing = world.config().workforce.staffing;
  while (gap >= least_post) {
    Post post;
    post.unit = static_cast<model::UnitIndex>(unit);
    post.occupation = static_cast<model::Occupation>(occupation);
    post.uid = synth::staff_uid(world.rules().workforce.units[unit].key + occupation,
                                staff.opened[unit][occupation]++);
    post.size = synth::draw_position(staffing, world.seed(), post.uid, post.occupation);
    // The last one takes what is left, so that posts add up to the budget.
    if (gap <= 1.0F && gap - post.size < least_post) post.size = gap;
    gap -= post.size;
    post.state = Post::State::vacant;
    start_vacancy(world, post);
    staff.posts.push_back(post);
  }
}

/// Closes vacant posts of together no more than `excess`, the latest opened first. Whether there
/// were any.
bool close_posts(World& world, std::size_t unit, std::size_t occupation, float excess) {
  const float least_post = world.rules().workforce.least_post;
  bool any = false;
  std::vector<Post>& posts = world.state.staff.posts;
  for (auto post = posts.rbegin(); post != posts.rend() && excess >= least_post; ++post) {
    if (post->state != Post::State::vacant || post->unit != unit) continue;
    if (model::index(post->occupation) != occupation) continue;
    if (post->size >= excess + least_post) continue;
    excess -= post->size;
    post->state = Post::State::closed;
    any = true;
  }
  return any;
}

bool wants_more(const World& world, const model::Employee& who) {
  random::Stream stream(world.seed(), who.uid, random::Purpose::employee, 1);
  return stream.chance(world.config().workforce.recruitment.wants_more_share);
}

/// Hours of a vacancy go to colleagues who want them, then to other vacancies, up to full time.
void enlarge_others(World& world, Post& vacancy) {
  const auto give = [&](Post& other) {
    const float hours = std::min(vacancy.size, 1.0F - other.size);
    vacancy.size -= hours;
    other.size += hours;
    if (other.state == Post::State::filled) other.holder.position = other.size;
  };
  for (const Post::State state : {Post::State::filled, Post::State::vacant}) {
    for (Post& other : world.state.staff.posts) {
      if (vacancy.size <= nothing_left) break;
      if (&other == &vacancy || other.state != state || other.size >= 1.0F) continue;
      if (other.unit != vacancy.unit || other.occupation != vacancy.occupation) continue;
      if (state == Post::State::filled && !wants_more(world, other.holder)) continue;
      give(other);
    }
  }
  if (vacancy.size > nothing_left) return;
  vacancy.size = 0.0F;
  vacancy.state = Post::State::closed;
}

}  // namespace

PostTable budget_of(const World& world, const std::array<float, model::max_units>& headcount) {
  const WorkforceTables& tables = world.rules().workforce;
  const auto span = static_cast<float>(world.config().workforce.staffing.leader_span);
  PostTable budget{};
  for (std::size_t u = 0; u < tables.units.size(); ++u) {
    const UnitRule& unit = tables.units[u];
    float hours = unit.funded_hours;
    for (const model::ServiceIndex service : unit.unlimited) {
      hours += world.state.use[service].hours_per_week;
    }
    for (const model::ServiceIndex service : unit.housed) {
      hours += world.state.places[service] * world.rules().services.rules[service].staff_hours;
    }
    const float fte = (unit.fte >= 0.0F ? unit.fte : hours / unit.hours_per_post) + unit.extra_fte;
    for (std::size_t o = 0; o < model::occupation_count; ++o) budget[u][o] = fte * unit.mix[o];
    budget[u][model::index(model::Occupation::leader)] = headcount[u] / span;
  }
  return budget;
}

void meet_budget(World& world) {
  const float least_post = world.rules().workforce.least_post;
  // Leaders follow from how many are led, who are settled first.
  Sums sums;
  bool changed = true;
  for (const bool leaders : {false, true}) {
    if (std::exchange(changed, false)) sums = sum_up(world);
    const PostTable budget = budget_of(world, sums.headcount);
    for (std::size_t u = 0; u < world.state.units.size(); ++u) {
      world.state.units[u].posts = budget[u];
      for (std::size_t o = 0; o < model::occupation_count; ++o) {
        if ((o == model::index(model::Occupation::leader)) != leaders) continue;
        const float gap = budget[u][o] - sums.open[u][o];
        if (gap >= least_post) {
          open_posts(world, u, o, gap);
          changed = true;
        }
        if (gap <= -least_post) changed = close_posts(world, u, o, -gap) || changed;
      }
    }
  }
}

void vacate(World& world, Post& post) {
  float open = 0.0F;
  for (const Post& other : world.state.staff.posts) {
    const bool alike = other.unit == post.unit && other.occupation == post.occupation;
    if (alike && is_open(other)) open += other.size;
  }
  const float budget = world.state.units[post.unit].posts[model::index(post.occupation)];
  const float least_post = world.rules().workforce.least_post;
  // At least half of it is more than the budget pays for.
  if (open - budget >= std::max(least_post, 0.5F * post.size)) {
    post.state = Post::State::closed;
    return;
  }
  advertise(world, post);
  random::Stream stream(world.seed(), post.uid, random::Purpose::post, post.turn);
  if (stream.chance(world.config().workforce.recruitment.larger_position_share)) {
    enlarge_others(world, post);
  }
}

}  // namespace carestair::processes
