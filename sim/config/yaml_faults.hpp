// Faults in the form of a YAML file, said so that a researcher who has never read the YAML
// standard knows what to change.
#pragma once

#include <memory>
#include <string>

#include "base/error.hpp"

namespace carestair::config {

/// Looks for what the parser would report badly or pay dearly for: tabs in the indentation and
/// runaway brackets. True when something was found.
bool find_layout_faults(const std::shared_ptr<const base::SourceText>& text,
                        base::Diagnostics& faults);

/// Adds a syntax error of the YAML parser in plain words.
void add_syntax_fault(const base::SourcePosition& position, const std::string& parser_message,
                      base::Diagnostics& faults);

}  // namespace carestair::config
