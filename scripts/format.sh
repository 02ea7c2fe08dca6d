#!/usr/bin/env bash
# Formats the C++ files of sim, tests and bench.
#   scripts/format.sh             all of them
#   scripts/format.sh FILE...     these
#   scripts/format.sh --check     only says which are not formatted
# The rules are in .clang-format; version 14 of clang-format decides where versions differ.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tool="$(command -v clang-format-14 || command -v clang-format)" ||
  { echo "clang-format is missing: run scripts/install-dependencies.sh --dev" >&2; exit 1; }

mapfile -d '' files < <(find sim tests bench \( -name '*.hpp' -o -name '*.cpp' \) -print0 | sort -z)
((${#files[@]})) || exit 0

if [[ "${1:-}" == --check ]]; then
  unformatted=0
  for file in "${files[@]}"; do
    if ! "$tool" --dry-run -Werror "$file" 2>/dev/null; then
      echo "$file"
      unformatted=$((unformatted + 1))
    fi
  done
  if ((unformatted)); then
    echo "$unformatted of ${#files[@]} files are not formatted: run scripts/format.sh" >&2
    "$tool" --version >&2
    exit 1
  fi
  echo "${#files[@]} files are formatted"
elif (($#)); then
  "$tool" -i "$@"
else
  "$tool" -i "${files[@]}"
fi
