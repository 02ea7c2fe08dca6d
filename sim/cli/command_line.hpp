// The command line: subcommands, options, help, and what becomes of errors.
#pragma once

namespace carestair::cli {

/// Runs `carestair ARGUMENTS`; returns the exit code for the shell. Never throws.
int run_command_line(int count, const char* const* arguments);

}  // namespace carestair::cli
