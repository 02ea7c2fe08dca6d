// The subcommands: what each is asked for and what runs it. Options are declared in
// command_line.cpp; each command has a file of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_code.hpp"
#include "experiment/study.hpp"

namespace carestair::cli {

struct CheckArguments {
  std::filesystem::path file;
};

struct RunArguments {
  std::filesystem::path file;
  std::filesystem::path output;  // empty: outputs/<name of the configuration>.h5
  experiment::Overrides overrides;
  int threads = 0;  // 0: all cores
  bool log_events = false;
  bool log_persons = false;
  std::string shard;  // "2/4"; empty: the whole run
  bool resume = false;
};

struct MergeArguments {
  std::vector<std::filesystem::path> files;
  std::filesystem::path output;
};

struct TraceArguments {
  std::filesystem::path file;
  std::uint64_t uid = 0;
  std::string scenario;  // empty: the baseline
  int replication = 0;
  experiment::Overrides overrides;
};

struct CompareArguments {
  std::filesystem::path file;
  std::string scenario;                // empty: all
  std::vector<std::string> widths;     // "5%" or "cost=0.2"
  std::optional<std::string> outcome;  // that a sweep is told by; none: cost
  std::filesystem::path csv;           // empty: none
  bool json = false;
};

enum class ParametersFormat { table, markdown, csv };
struct ParametersArguments {
  std::optional<std::filesystem::path> file;
  ParametersFormat format = ParametersFormat::table;
  std::string filter;
};

/// A command of the Python package and what follows it on the command line.
struct HandOverArguments {
  std::string command;
  std::vector<std::string> rest;
};

ExitCode check(const CheckArguments& arguments);
ExitCode run(const RunArguments& arguments);
ExitCode merge(const MergeArguments& arguments);
ExitCode trace(const TraceArguments& arguments);
ExitCode compare(const CompareArguments& arguments);
ExitCode parameters(const ParametersArguments& arguments);
/// Becomes the Python package; returns only by throwing.
ExitCode hand_over(const HandOverArguments& arguments);
ExitCode schema();
ExitCode explain();
ExitCode explain_indicators();

/// Writes to standard output; throws ClosedPipe when nobody reads it any more, DiskError when
/// that fails otherwise (a full disk).
void print(const std::string& text);

/// Prints that a file is written: it is, so that a failure to say so is told and is no fault.
void print_done(const std::string& text);

/// Writes to standard error what is worth knowing; that it cannot be told ends nothing.
void tell(const std::string& text);

/// A file opened while standard output or error is closed would get its number, and what is printed
/// would be written into that file. Takes the numbers up; writing to them fails as it did.
void hold_standard_streams();

}  // namespace carestair::cli
