#include "output/read_header.hpp"

#include <limits>
#include <optional>
#include <type_traits>

#include "base/day.hpp"
#include "output/format.hpp"

namespace carestair::output {
namespace {

std::int64_t integer(hid_t file, const char* name, std::int64_t low, std::int64_t high) {
  const auto numbers = h5::integer_attribute(file, name);
  if (numbers.size() != 1 || numbers[0] < low || numbers[0] > high) {
    throw h5::Error("attribute " + std::string(name) + " is out of range");
  }
  return numbers[0];
}

/// Converting a double that does not fit is undefined; a damaged file may hold any.
template <class Number>
Number converted(double value) {
  if constexpr (std::is_integral_v<Number>) {
    constexpr double most = static_cast<double>(std::numeric_limits<Number>::max()) / 2;
    if (!(value >= -most && value <= most)) throw h5::Error("a number is out of range");
  }
  return static_cast<Number>(value);
}

/// Columns along one dimension: all must have the length of the first.
class Columns {
 public:
  Columns(hid_t parent, const char* first) : parent_(parent), labels_(texts_of(first)) {}

  [[nodiscard]] std::size_t size() const { return labels_.size(); }
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

  template <class Entry>
  void texts(const char* name, std::string Entry::*field, std::vector<Entry>& entries) const {
    const std::vector<std::string> values = texts_of(name);
    check_size(name, values.size());
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i].*field = values[i];
  }
  template <class Entry, class Number>
  void numbers(const char* name, Number Entry::*field, std::vector<Entry>& entries) const {
    const h5::Dataset dataset = h5::open_dataset(parent_, name);
    const h5::Shape shape = h5::shape_of(dataset.id());
    check_size(name, shape.size() == 1 ? shape[0] : 0);
    const std::vector<double> values = h5::read_numbers(dataset.id(), {0}, shape);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].*field = converted<Number>(values[i]);
    }
  }

 private:
  [[nodiscard]] std::vector<std::string> texts_of(const char* name) const {
    return h5::read_texts(h5::open_dataset(parent_, name).id());
  }
  void check_size(const char* name, std::size_t size) const {
    if (size != labels_.size()) throw h5::Error(std::string(name) + " has another length");
  }

  hid_t parent_;
  std::vector<std::string> labels_;
};

template <class Entry>
std::vector<Entry> with_ids(const Columns& columns, std::string Entry::*id) {
  std::vector<Entry> entries(columns.size());
  for (std::size_t i = 0; i < entries.size(); ++i) entries[i].*id = columns.labels()[i];
  return entries;
}

void read_labels(hid_t file, RunDescription& run) {
  const Columns scenario(file, "scenario");
  if (scenario.size() == 0) throw h5::Error("there are no scenarios");
  run.scenarios = with_ids(scenario, &ScenarioInfo::id);
  scenario.texts("scenario_title", &ScenarioInfo::title, run.scenarios);
  scenario.texts("scenario_description", &ScenarioInfo::description, run.scenarios);
  if (h5::has_link(file, "scenario_structure")) {  // since 1.4
    scenario.texts("scenario_structure", &ScenarioInfo::structure, run.scenarios);
    scenario.texts("scenario_policy", &ScenarioInfo::policy, run.scenarios);
  }

  const Columns municipality(file, "municipality");
  run.municipalities = with_ids(municipality, &MunicipalityInfo::id);
  municipality.texts("municipality_title", &MunicipalityInfo::title, run.municipalities);
  municipality.numbers("municipality_population", &MunicipalityInfo::population,
                       run.municipalities);

  const Columns service(file, "service");
  run.services = with_ids(service, &ServiceInfo::id);
  service.texts("service_title", &ServiceInfo::title, run.services);
  service.texts("service_norwegian", &ServiceInfo::norwegian, run.services);
  service.texts("service_form", &ServiceInfo::form, run.services);

  if (!h5::has_link(file, "unit")) return;  // written before there were any
  const Columns unit(file, "unit");
  run.units = with_ids(unit, &UnitInfo::id);
  unit.texts("unit_title", &UnitInfo::title, run.units);
  unit.texts("unit_norwegian", &UnitInfo::norwegian, run.units);
}

void read_time(hid_t file, RunDescription& run) {
  const std::optional<base::Day> start = base::parse_day(h5::text_attribute(file, "start"));
  if (!start) throw h5::Error("attribute start is not a date");
  run.start = *start;
  const h5::Dataset time = h5::open_dataset(file, "time");
  const h5::Shape shape = h5::shape_of(time.id());
  if (shape.size() != 1 || shape[0] == 0) throw h5::Error("time is no list of months");
  for (const double day : h5::read_numbers(time.id(), {0}, shape)) {
    run.month_ends.push_back(base::Day{converted<std::int32_t>(day)});
  }
}

void read_configuration(hid_t file, RunDescription& run) {
  const h5::Group group = h5::open_group(file, group::configuration);
  const auto text = h5::read_texts(h5::open_dataset(group.id(), "text").id());
  if (text.size() != 1) throw h5::Error("the configuration is not one text");
  run.configuration_yaml = text.front();
  if (!h5::has_link(group.id(), "parameter")) return;
  const Columns parameter(group.id(), "parameter");
  run.evidence = with_ids(parameter, &EvidenceRow::address);
  parameter.numbers("value", &EvidenceRow::value, run.evidence);
  parameter.numbers("low", &EvidenceRow::low, run.evidence);
  parameter.numbers("high", &EvidenceRow::high, run.evidence);
  parameter.texts("unit", &EvidenceRow::unit, run.evidence);
  parameter.texts("source", &EvidenceRow::source, run.evidence);
  parameter.texts("kind", &EvidenceRow::kind, run.evidence);
  parameter.texts("note", &EvidenceRow::note, run.evidence);
}

void read_draws(hid_t file, RunDescription& run) {
  if (!h5::has_link(file, group::draws)) return;
  const h5::Group group = h5::open_group(file, group::draws);
  DrawTable& draws = run.draws;
  draws.design = h5::text_attribute(group.id(), "design");
  draws.replications = static_cast<int>(
      integer(group.id(), "replications_per_draw", 1, std::numeric_limits<std::int32_t>::max()));
  const Columns varied(group.id(), "varied");
  draws.varied = with_ids(varied, &VariedInfo::address);
  varied.texts("unit", &VariedInfo::unit, draws.varied);
  varied.numbers("written", &VariedInfo::written, draws.varied);
  draws.names = h5::read_texts(h5::open_dataset(group.id(), "draw").id());
  const h5::Dataset value = h5::open_dataset(group.id(), "value");
  const h5::Shape shape = h5::shape_of(value.id());
  const bool fits =
      shape.size() == 2 && shape[0] == draws.names.size() && shape[1] == draws.varied.size();
  const auto planned = static_cast<std::int64_t>(draws.names.size()) * draws.replications;
  if (!fits || planned != run.replications) throw h5::Error("the draws do not fit the result");
  draws.values = h5::read_numbers(value.id(), {0, 0}, shape);
}

}  // namespace

ResultHeader read_header(hid_t file) {
  constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
  ResultHeader header;
  const auto version = h5::integer_attribute(file, "format_version");
  header.format_major = static_cast<int>(version.at(0));
  header.format_minor = static_cast<int>(version.at(1));
  header.program_version = h5::text_attribute(file, "program_version");
  header.git_commit = h5::text_attribute(file, "git_commit");
  header.complete = integer(file, "complete", 0, 1) == 1;
  header.replications_finished = static_cast<int>(integer(file, "replications_finished", 1, most));

  RunDescription& run = header.run;
  run.title = h5::text_attribute(file, "title");
  run.question = h5::text_attribute(file, "question");
  run.command = h5::text_attribute(file, "command");
  run.seed = integer(file, "seed", std::numeric_limits<std::int64_t>::min(),
                     std::numeric_limits<std::int64_t>::max());
  run.configuration_sha256 = h5::text_attribute(file, "configuration_sha256");
  run.replications = static_cast<int>(integer(file, "replications_planned", 1, most));
  run.event_log = h5::has_link(file, group::events);
  run.person_rows = h5::has_link(file, group::person_rows);
  read_labels(file, run);
  read_time(file, run);
  read_configuration(file, run);
  read_draws(file, run);
  return header;
}

}  // namespace carestair::output
