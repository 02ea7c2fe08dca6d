#!/usr/bin/env bash
# From a fresh checkout to a first result: installs what is missing, builds, runs one comparison.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

started=$SECONDS
step=""
try=""

on_exit() {
  local status=$?
  ((status == 0)) && return
  printf '\nquickstart stopped in step "%s" (exit status %d).\n' "$step" "$status" >&2
  printf 'What to try: %s\n' "$try" >&2
}
trap on_exit EXIT

begin() {  # name, what to try when it fails
  step="$1"
  try="$2"
  printf '\n[%3d s] %s\n' $((SECONDS - started)) "$step"
}

config=configs/selbu/reablement.yaml
result=outputs/selbu-reablement.h5
picture=outputs/selbu-reablement.png
page=outputs/report.html
carestair=build/release/carestair

begin "Installing what is missing" \
  "run scripts/install-dependencies.sh by itself; it needs Debian or Ubuntu, root or sudo, and the network."
scripts/install-dependencies.sh

begin "Building (several minutes the first time)" \
  "remove build/release and start again; with little memory, run: cmake --build --preset release -j1"
mkdir -p build
cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
cmake --build --preset release --target carestair_command carestair_python

begin "Running $config" \
  "run: $carestair check $config; a message above that names a file and line says what to change there."
mkdir -p outputs
"$carestair" run "$config" -o "$result"

begin "Comparing the scenarios" \
  "remove $result and start again."
"$carestair" compare "$result"

begin "Drawing the picture" \
  "remove .venv and start again."
.venv/bin/python -m carestair picture "$result" -o "$picture"

begin "Making the page" \
  "remove .venv and start again."
"$carestair" report "$result" -o "$page" --words configs/selbu/words/reablement.yaml

printf '\nDone in %d s.\n' $((SECONDS - started))
printf '  results  %s\n  picture  %s\n  page     %s  (open it in a browser)\n' \
  "$PWD/$result" "$PWD/$picture" "$PWD/$page"
printf 'Next: change %s and run it again, or open the notebooks in notebooks/.\n' "$config"
