#!/usr/bin/env bash
# Runs clang-tidy (.clang-tidy) on the rooms of sim, two at a time on two cores.
#   scripts/tidy.sh                   all rooms
#   scripts/tidy.sh --changed [BASE]  rooms that differ from the commit BASE (default: HEAD~1)
#   scripts/tidy.sh ROOM...           these rooms
# BUILD names a configured build folder (default build/release), LIMIT the seconds it may take.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build="${BUILD:-build/release}"
limit="${LIMIT:-900}"
tool="$(command -v clang-tidy-14 || command -v clang-tidy)" ||
  { echo "clang-tidy is missing: run scripts/install-dependencies.sh --dev" >&2; exit 1; }
[[ -f "$build/compile_commands.json" ]] ||
  { echo "configure first: cmake --preset release" >&2; exit 1; }

rooms=()
if [[ "${1:-}" == --changed ]]; then
  base="${2:-HEAD~1}"
  if git -c safe.directory='*' rev-parse --verify --quiet "$base^{commit}" >/dev/null; then
    mapfile -t rooms < <(git -c safe.directory='*' diff --name-only "$base" -- sim |
      cut -d/ -f2 | sort -u)
    ((${#rooms[@]})) || { echo "no room differs from $base"; exit 0; }
  fi
elif (($#)); then
  rooms=("$@")
fi
((${#rooms[@]})) || mapfile -t rooms < <(cd sim && ls -d -- */ | tr -d /)

# Each room is checked as one unit, as the release preset compiles it: headers are read once.
files=()
for room in "${rooms[@]}"; do
  unit="$build/CMakeFiles/carestair_$room.dir/Unity/unity_0_cxx.cxx"
  [[ -f "$unit" ]] && files+=("$unit")
done
((${#files[@]})) || { echo "no .cpp files in ${rooms[*]}"; exit 0; }
# The largest first, so that the last one does not run alone.
mapfile -t files < <(wc -l "${files[@]}" | grep -v ' total$' | sort -rn | awk '{print $2}')

echo "clang-tidy on ${#files[@]} rooms: ${rooms[*]}"
status=0
printf '%s\0' "${files[@]}" |
  timeout "$limit" xargs -0 -n 1 -P "$(nproc)" \
    "$tool" -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option 2>/dev/null || status=$?
if ((status == 124)); then
  echo "clang-tidy did not finish within $limit seconds" >&2
elif ((status)); then
  echo "clang-tidy found the problems above" >&2
fi
exit "$status"
