#!/usr/bin/env bash
# Writes the reference pages from what the program says of itself.
#   scripts/generate-docs.sh           writes docs/reference/parameters.md and schema.json, and the
#                                      lists of indicators and axes in docs/file-format.md
#   scripts/generate-docs.sh --check   says how they differ from the program, and fails if they do
# The program is $CARESTAIR, or build/release/carestair.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

case "${1:-}" in
  "" | --check) ;;
  *) sed -n '2,6s/^# \?//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac

program="${CARESTAIR:-build/release/carestair}"
[[ -x "$program" ]] || {
  echo "$program is not there: build it, or name another in CARESTAIR" >&2
  exit 1
}

fresh="$(mktemp -d)"
trap 'rm -rf "$fresh"' EXIT
"$program" params --markdown >"$fresh/parameters.md"
"$program" schema >"$fresh/schema.json"
"$program" explain --indicators >"$fresh/indicators.md"
sed -e "/<!-- indicators: begin -->/r $fresh/indicators.md" \
  -e '/<!-- indicators: begin -->/,/<!-- indicators: end -->/{/<!-- indicators/!d}' \
  docs/file-format.md >"$fresh/file-format.md"

pages=docs/reference
if [[ "${1:-}" == --check ]]; then
  for page in parameters.md schema.json; do
    diff -u --label "$pages/$page" --label "what the program says" "$pages/$page" "$fresh/$page" || {
      echo "$pages/$page is out of date: run scripts/generate-docs.sh" >&2
      exit 1
    }
  done
  diff -u docs/file-format.md "$fresh/file-format.md" || {
    echo "docs/file-format.md is out of date: run scripts/generate-docs.sh" >&2
    exit 1
  }
  echo "docs/reference and docs/file-format.md equal what the program says"
else
  mkdir -p "$pages"
  cp "$fresh/parameters.md" "$fresh/schema.json" "$pages/"
  cp "$fresh/file-format.md" docs/
fi
