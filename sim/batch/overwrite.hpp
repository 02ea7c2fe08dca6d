// What a result may be written over.
#pragma once

#include <filesystem>
#include <vector>

namespace carestair::batch {

/// A result may be replaced by another result; nothing else may. Throws UserError.
void refuse_to_overwrite(const std::filesystem::path& path);

/// Whether two paths lead to one file, by whatever names and links.
bool same_file(const std::filesystem::path& a, const std::filesystem::path& b);

/// What is written must not take the place of what it is made from: neither the file `output` nor
/// the one in which it grows may be one of `inputs`. Throws UserError.
void refuse_to_overwrite_inputs(const std::filesystem::path& output,
                                const std::vector<std::filesystem::path>& inputs);

}  // namespace carestair::batch
