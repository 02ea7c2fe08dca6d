// `carestair schema`: lets an editor complete and check configurations.
#include "cli/commands.hpp"
#include "config/reference.hpp"
#include "config/sections/config.hpp"

namespace carestair::cli {

ExitCode schema() {
  std::string text = config::json_schema<config::Config>("carestair configuration");
  if (!text.ends_with('\n')) text += '\n';
  print(text);
  return ExitCode::ok;
}

}  // namespace carestair::cli
