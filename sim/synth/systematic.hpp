// Systematic sampling: walking down an ordered list, a person is taken whenever the sum of the
// probabilities passes a whole number. Each is taken with exactly the own probability, and any
// stretch of the list gets the expected number to within one.
#pragma once

namespace carestair::synth {

class Systematic {
 public:
  Systematic() = default;
  /// `start` uniform in (0, 1): the only random number of the whole list.
  explicit Systematic(double start) : sum_(start) {}

  bool take(double probability) {
    sum_ += probability;
    if (sum_ < 1.0) return false;
    sum_ -= 1.0;
    return true;
  }

 private:
  double sum_ = 0.5;
};

}  // namespace carestair::synth
