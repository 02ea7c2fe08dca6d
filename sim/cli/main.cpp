// The command carestair.
#include "cli/command_line.hpp"

int main(int count, char** arguments) { return carestair::cli::run_command_line(count, arguments); }
