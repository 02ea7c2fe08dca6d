#!/usr/bin/env bash
# Formats the C++ files of sim, tests and bench; with --check only says which are not formatted.
# The rules are in .clang-format; version 14 of clang-format decides where versions differ.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool="$(command -v clang-format-14 || command -v clang-format)" ||
  { echo "clang-format is missing: run scripts/install-dependencies.sh --dev" >&2; exit 1; }

mapfile -d '' files < <(find sim tests bench \( -name '*.hpp' -o -name '*.cpp' \) -print0 | sort -z)
((${#files[@]})) || exit 0

if [[ "${1:-}" == --check ]]; then
  if ! "$tool" --dry-run -Werror "${files[@]}"; then
    echo "Not formatted ($("$tool" --version)): run scripts/format.sh" >&2
    exit 1
  fi
  echo "${#files[@]} files are formatted"
elif [[ -z "${1:-}" ]]; then
  "$tool" -i "${files[@]}"
else
  echo "usage: scripts/format.sh [--check]" >&2
  exit 2
fi
