#include "output/run_text.hpp"

#include <cmath>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "base/version.hpp"

namespace carestair::output {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

double number_of(const Json& value) {
  return value.is_null() ? EvidenceRow::not_given : value.get<double>();
}

Json draws_json(const DrawTable& draws) {
  Json json{{"design", draws.design},
            {"replications", draws.replications},
            {"names", draws.names},
            {"varied", Json::array()},
            {"values", Json::array()}};
  for (const VariedInfo& varied : draws.varied) {
    json["varied"].push_back({varied.address, varied.unit, number(varied.written)});
  }
  for (const double value : draws.values) json["values"].push_back(number(value));
  return json;
}

DrawTable draws_of(const Json& json) {
  DrawTable draws;
  draws.design = json.at("design");
  draws.replications = json.at("replications");
  draws.names = json.at("names").get<std::vector<std::string>>();
  for (const Json& varied : json.at("varied")) {
    draws.varied.push_back({varied.at(0), varied.at(1), number_of(varied.at(2))});
  }
  for (const Json& value : json.at("values")) draws.values.push_back(number_of(value));
  return draws;
}

Json json_of(const RunDescription& run) {
  Json json{{"program", base::version_string},
            {"commit", base::git_commit},
            {"title", run.title},
            {"question", run.question},
            {"command", run.command},
            {"seed", run.seed},
            {"configuration", run.configuration_yaml},
            {"sha256", run.configuration_sha256},
            {"start", run.start.number},
            {"replications", run.replications},
            {"event_log", run.event_log},
            {"person_rows", run.person_rows},
            {"draws", draws_json(run.draws)}};
  for (const char* list :
       {"month_ends", "scenarios", "municipalities", "services", "units", "evidence"}) {
    json[list] = Json::array();
  }
  for (const base::Day end : run.month_ends) json["month_ends"].push_back(end.number);
  for (const ScenarioInfo& s : run.scenarios) {
    json["scenarios"].push_back({s.id, s.title, s.description, s.structure, s.policy});
  }
  for (const MunicipalityInfo& m : run.municipalities) {
    json["municipalities"].push_back({m.id, m.title, m.population});
  }
  for (const ServiceInfo& s : run.services) {
    json["services"].push_back({s.id, s.title, s.norwegian, s.form});
  }
  for (const UnitInfo& u : run.units) json["units"].push_back({u.id, u.title, u.norwegian});
  for (const EvidenceRow& e : run.evidence) {
    json["evidence"].push_back({e.address, number(e.value), number(e.low), number(e.high), e.unit,
                                e.source, e.kind, e.note});
  }
  return json;
}

RunDescription run_of(const Json& json) {
  RunDescription run;
  run.title = json.at("title");
  run.question = json.at("question");
  run.command = json.at("command");
  run.seed = json.at("seed");
  run.configuration_yaml = json.at("configuration");
  run.configuration_sha256 = json.at("sha256");
  run.start = base::Day{json.at("start").get<std::int32_t>()};
  run.replications = json.at("replications");
  run.event_log = json.at("event_log");
  run.person_rows = json.at("person_rows");
  run.draws = draws_of(json.at("draws"));
  for (const Json& end : json.at("month_ends")) {
    run.month_ends.push_back(base::Day{end.get<std::int32_t>()});
  }
  for (const Json& s : json.at("scenarios")) {
    run.scenarios.push_back({s.at(0), s.at(1), s.at(2), s.at(3), s.at(4)});
  }
  for (const Json& m : json.at("municipalities")) {
    run.municipalities.push_back({m.at(0), m.at(1), m.at(2)});
  }
  for (const Json& s : json.at("services")) {
    run.services.push_back({s.at(0), s.at(1), s.at(2), s.at(3)});
  }
  for (const Json& u : json.at("units")) run.units.push_back({u.at(0), u.at(1), u.at(2)});
  for (const Json& e : json.at("evidence")) {
    run.evidence.push_back({e.at(0), number_of(e.at(1)), number_of(e.at(2)), number_of(e.at(3)),
                            e.at(4), e.at(5), e.at(6), e.at(7)});
  }
  return run;
}

}  // namespace

std::string to_text(const RunDescription& run) { return json_of(run).dump(); }

RunDescription run_from_text(const std::string& text) {
  try {
    return run_of(Json::parse(text));
  } catch (const Json::exception& error) {
    throw std::invalid_argument(error.what());
  }
}

std::string difference_of(const std::string& a, const std::string& b) {
  const Json one = Json::parse(a);
  const Json other = Json::parse(b);
  const auto differ = [&](const char* key) { return one.at(key) != other.at(key); };
  if (differ("program") || differ("commit")) return "another version of carestair";
  if (differ("seed")) return "another seed";
  if (differ("replications")) return "another number of replications";
  if (differ("event_log")) return "--events on one side only";
  if (differ("person_rows")) return "--persons on one side only";
  for (const auto& [key, value] : one.items()) {
    if (key != "command" && other.at(key) != value) return "another configuration";
  }
  return {};
}

}  // namespace carestair::output
