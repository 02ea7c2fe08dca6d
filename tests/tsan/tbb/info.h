// The stand-in for builds with the thread sanitizer.
#include "../scheduler.hpp"
