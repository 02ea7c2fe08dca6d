// Numbers and names as words that people read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace carestair::base {

/// 4122 as "4 122".
std::string grouped(std::int64_t number);

/// A number with so many decimals and its thousands grouped; "-0.0" is "0.0".
std::string decimal(double number, int decimals);

/// Decimals with which a number shows at least `digits` significant ones, at most 6.
int decimals_for(double number, int digits);

/// "1 world", "2 worlds".
std::string counted(std::int64_t number, std::string_view singular);

/// "a, b and c".
std::string enumerated(const std::vector<std::string>& words);

/// 1536000 bytes as "1.5 MB".
std::string file_size(std::uintmax_t bytes);

/// Underscores as spaces: names of the configuration as words.
std::string as_words(std::string_view name);

}  // namespace carestair::base
