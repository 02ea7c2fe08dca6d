#include "record/months.hpp"

namespace carestair::record {

std::vector<base::Day> month_ends(base::Day start, base::Day end) {
  std::vector<base::Day> days;
  base::Date month = base::to_date(start);
  while (true) {
    if (++month.month > 12) {
      month.month = 1;
      ++month.year;
    }
    const base::Day last = base::first_of_month(month.year, month.month) - 1;
    if (last >= end) return days;
    days.push_back(last);
  }
}

}  // namespace carestair::record
