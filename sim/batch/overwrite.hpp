// What a result may be written over.
#pragma once

#include <filesystem>

namespace carestair::batch {

/// A result may be replaced by another result; nothing else may. Throws UserError.
void refuse_to_overwrite(const std::filesystem::path& path);

}  // namespace carestair::batch
