#include "processes/shortage.hpp"

#include <algorithm>

namespace carestair::processes {

ByNeed share_by_severity(const ByNeed& granted, double hours, const ByNeed& weight) {
  ByNeed share{};
  double gap = -hours;
  double weighted = 0.0;
  for (std::size_t need = 0; need < share.size(); ++need) {
    share[need] = 1.0;
    gap += std::max(granted[need], 0.0);
    weighted += std::max(granted[need], 0.0) * weight[need];
  }
  if (gap <= 0.0) return share;
  // Where nothing is left the rest falls on the others: at most once for each need.
  for (std::size_t round = 0; round < share.size() && weighted > 0.0; ++round) {
    const double l = gap / weighted;
    std::size_t emptied = share.size();
    for (std::size_t need = 0; need < share.size(); ++need) {
      const bool open = share[need] > 0.0 && granted[need] > 0.0;
      if (open && l * weight[need] >= 1.0 &&
          (emptied == share.size() || weight[need] > weight[emptied])) {
        emptied = need;
      }
    }
    if (emptied == share.size()) {
      for (std::size_t need = 0; need < share.size(); ++need) {
        if (share[need] > 0.0) share[need] = 1.0 - l * weight[need];
      }
      break;
    }
    share[emptied] = 0.0;
    gap -= granted[emptied];
    weighted -= granted[emptied] * weight[emptied];
  }
  // A need that nobody here has may have been pushed below nothing.
  for (double& s : share) s = std::max(s, 0.0);
  return share;
}

model::DeliveredShares share_by_competence(const Tasks& granted, const ByCompetence& hours,
                                           const ByNeed& weight) {
  model::DeliveredShares share{};
  for (ByNeed& s : share) s.fill(1.0);
  ByNeed left{};
  for (std::size_t k = granted.size(); k-- > 0;) {
    for (std::size_t need = 0; need < left.size(); ++need) {
      left[need] += std::max(granted[k][need], 0.0);
    }
    const ByNeed here = share_by_severity(left, hours[k], weight);
    for (std::size_t need = 0; need < left.size(); ++need) {
      left[need] *= here[need];
      for (std::size_t above = k; above < share.size(); ++above) share[above][need] *= here[need];
    }
  }
  return share;
}

ByCompetence asked_of(const Tasks& granted) {
  ByCompetence asked{};
  double sum = 0.0;
  for (std::size_t k = granted.size(); k-- > 0;) {
    for (const double hours : granted[k]) sum += std::max(hours, 0.0);
    asked[k] = sum;
  }
  return asked;
}

ByCompetence close_gap(ByCompetence& missing, const ByCompetence& room) {
  ByCompetence taken{};
  double above = 0.0;
  for (std::size_t k = missing.size(); k-- > 0;) {
    taken[k] = above = std::max(std::min(missing[k], room[k]), above);
    missing[k] -= taken[k];
  }
  return taken;
}

}  // namespace carestair::processes
