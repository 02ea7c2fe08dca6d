// SHA-256 (FIPS 180-4): names a configuration by its content.
#pragma once

#include <string>
#include <string_view>

namespace carestair::config {

/// 64 lower-case hexadecimal digits.
std::string sha256(std::string_view text);

}  // namespace carestair::config
