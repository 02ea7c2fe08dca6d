#include "config/compose.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "config/text_file.hpp"
#include "config/yaml_reader.hpp"

namespace carestair::config {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t deepest_include = 16;
constexpr int most_includes = 256;  // counted with repetitions: guards against doubling chains

bool is_parameter(const Node& node) {
  return node.is_mapping() &&
         (node.has("value") || node.has("table") || node.has("values") || node.has("csv"));
}

/// A file with a title of its own is a study of its own: the question of another is not its own.
void lay_file_over(Node& under, Node over) {
  if (over.has("title") && !over.has("question")) {
    std::erase_if(under.entries, [](const Entry& entry) { return entry.key == "question"; });
  }
  lay_over(under, std::move(over));
}

class Composer {
 public:
  Composer(fs::path folder, base::Diagnostics& faults)
      : folder_(std::move(folder)), faults_(faults) {}

  std::vector<std::string> files;
  std::vector<std::string> laid;
  bool complete = true;

  /// The text of a file that is not read from the disk.
  void give(const fs::path& path, const std::string& text) {
    const auto checked = checked_text(path, text, largest_yaml_file);
    files.push_back(path.generic_string());
    parsed_.emplace(path.generic_string(), read_yaml(checked, faults_, budget_));
  }

  Node load(const fs::path& path, const Reference* from) {
    stack_.push_back(path);
    Node own = parse(path, from);
    Node result = Node::at(own.position, Node::Kind::mapping);
    Node includes;
    if (const auto at = std::ranges::find(own.entries, "include", &Entry::key);
        at != own.entries.end()) {
      includes = std::move(at->value);
      own.entries.erase(at);
    }
    for (const Node* file : names_in(includes)) include(*file, result);
    if (own.refused) complete = false;
    lay_file_over(result, std::move(own));
    std::erase(laid, path.generic_string());
    laid.push_back(path.generic_string());
    stack_.pop_back();
    return result;
  }

 private:
  Node parse(const fs::path& path, const Reference* from) {
    const std::string name = path.generic_string();
    if (const auto known = parsed_.find(name); known != parsed_.end()) return known->second;
    const auto text = read_text(path, largest_yaml_file, from);
    files.push_back(name);
    return parsed_.emplace(name, read_yaml(text, faults_, budget_)).first->second;
  }

  std::vector<const Node*> names_in(const Node& includes) {
    std::vector<const Node*> names;
    if (includes.refused || (includes.is_null() && !includes.position.known())) return names;
    if (includes.is_scalar()) {
      names.push_back(&includes);
    } else if (includes.is_sequence()) {
      for (const Node& item : includes.items) {
        if (item.is_scalar()) {
          names.push_back(&item);
        } else if (!item.refused) {
          faults_.add(item.position, item.length(),
                      "expected the name of a file, found " + item.describe());
        }
      }
    } else {
      faults_.add(includes.position, includes.length(),
                  "expected a list of files, found " + includes.describe(),
                  "write `include: [base.yaml]`");
      complete = false;
    }
    return names;
  }

  void include(const Node& name, Node& into) {
    const Reference from{name.position, name.length()};
    try {
      const fs::path path =
          resolve(name.text, fs::path(std::string(name.position.file())), folder_, from);
      const auto again = std::ranges::find_if(stack_, [&](const fs::path& open) {
        std::error_code error;
        return fs::equivalent(open, path, error);
      });
      if (again != stack_.end()) {
        std::string chain;
        for (auto open = again; open != stack_.end(); ++open) chain += open->string() + " -> ";
        faults_.add(from.position, from.length, "files include each other in a circle",
                    chain + path.string());
        complete = false;
        return;
      }
      if (stack_.size() >= deepest_include) {
        faults_.add(
            from.position, from.length,
            fmt::format("files include each other more than {} levels deep", deepest_include));
        complete = false;
        return;
      }
      if (++includes_ > most_includes) {
        complete = false;
        if (includes_ == most_includes + 1) {
          faults_.add(from.position, from.length,
                      fmt::format("more than {} files are included", most_includes),
                      "a file included by several others is read once for each");
        }
        return;
      }
      lay_file_over(into, load(path, &from));
    } catch (const base::UserError& error) {
      faults_.add(error);
      complete = false;
    }
  }

  fs::path folder_;
  base::Diagnostics& faults_;
  NodeBudget budget_;
  std::vector<fs::path> stack_;
  std::map<std::string, Node> parsed_;
  int includes_ = 0;
};

}  // namespace

void lay_over(Node& under, Node over) {
  if (!under.is_mapping() || !over.is_mapping() || is_parameter(under) || is_parameter(over)) {
    under = std::move(over);
    return;
  }
  under.partial = under.partial || over.partial;
  // Messages about the merged mapping point at the last file that spoke of it.
  if (!over.entries.empty()) under.position = over.position;
  for (Entry& entry : over.entries) {
    Entry* known = under.find(entry.key);
    if (known == nullptr) {
      under.entries.push_back(std::move(entry));
    } else if (entry.value.is_null() && !entry.value.text.empty()) {
      under.entries.erase(under.entries.begin() + (known - under.entries.data()));
    } else {
      known->key_position = entry.key_position;
      lay_over(known->value, std::move(entry.value));
    }
  }
}

Composition compose(const fs::path& main_file, const std::optional<std::string>& text,
                    base::Diagnostics& faults) {
  Composer composer(configuration_root(main_file), faults);
  Composition result;
  result.folder = configuration_root(main_file);
  try {
    if (text) composer.give(main_file.lexically_normal(), *text);
    result.root = composer.load(main_file.lexically_normal(), nullptr);
  } catch (const base::UserError& error) {
    faults.add(error);
    composer.complete = false;
  }
  result.complete = composer.complete;
  result.files = std::move(composer.files);
  result.laid = std::move(composer.laid);
  return result;
}

}  // namespace carestair::config
