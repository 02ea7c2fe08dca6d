#!/usr/bin/env bash
# Everything that is checked before a change is accepted, in stages; CI runs exactly this.
#   ./test.sh                     all stages
#   ./test.sh --only format,rooms these stages, in the usual order
#   ./test.sh --list              what the stages are
# A stage stops at its first failing command; the other stages still run. A stage whose subject is
# not there (no notebooks, say) is counted as skipped, never as passed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

jobs="$(nproc)"
skipped=77

stages=(
  "deps       what the build and the tests need is installed"
  "format     C++ files are formatted"
  "rooms      rooms of sim/ include only what they may"
  "release    release build and all its tests"
  "asan       tests under the address and undefined-behaviour sanitizers"
  "tsan       tests of engine and experiment under the thread sanitizer"
  "tidy       clang-tidy on sim/"
  "install    an outside project finds and uses the installed library"
  "python     ruff, mypy and pytest of the Python package"
  "package    pip installs the package for a second Python, and it runs there"
  "notebooks  notebooks run from top to bottom"
  "docs       generated pages equal what the program says of itself; the site is built"
)

build() {  # preset, targets...
  cmake --preset "$1" -DCARESTAIR_TESTS=ON
  cmake --build --preset "$1" -j "$jobs" ${2:+--target "${@:2}"}
}

stage_deps() { scripts/install-dependencies.sh --dev; }

stage_format() { scripts/format.sh --check; }

stage_rooms() {
  python3 scripts/check_rooms.py --self-test
  python3 scripts/check_rooms.py
}

stage_release() {
  build release
  ctest --preset release -j "$jobs" --no-tests=error
}

stage_asan() {
  build asan
  UBSAN_OPTIONS=print_stacktrace=1 \
    ctest --preset asan -j "$jobs" --no-tests=error
}

stage_tsan() {
  local targets=()
  for room in engine experiment; do
    compgen -G "tests/$room/*.cpp" >/dev/null && targets+=("test_$room")
  done
  ((${#targets[@]})) || { echo "no tests of engine or experiment"; return "$skipped"; }
  build tsan "${targets[@]}"
  TSAN_OPTIONS=second_deadlock_stack=1 \
    ctest --preset tsan --no-tests=error -R '^test_(engine|experiment)$'
}

stage_tidy() {
  cmake --preset release >/dev/null
  scripts/tidy.sh
}

stage_install() {
  local prefix="$PWD/build/installed"
  rm -rf "$prefix" build/package
  build release
  cmake --install build/release --prefix "$prefix" >/dev/null
  cmake -S tests/package -B build/package -G Ninja -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_BUILD_TYPE=Release
  cmake --build build/package
  build/package/outside
  if [[ -x build/release/carestair ]]; then "$prefix/bin/carestair" --version; fi
}

stage_python() {
  compgen -G "python/*/*.py" >/dev/null || compgen -G "python/src/*/*.py" >/dev/null ||
    { echo "no Python package"; return "$skipped"; }
  .venv/bin/python -m ruff check python
  .venv/bin/python -m ruff format --check python
  (cd python && ../.venv/bin/python -m mypy)
  .venv/bin/python -m ruff check --config python/pyproject.toml scripts/coverage.py scripts/docs_site.py
  .venv/bin/python -m ruff format --config python/pyproject.toml --check scripts/coverage.py scripts/docs_site.py
  build release
  CARESTAIR_ENGINE_REQUIRED=1 PATH="$PWD/build/release:$PATH" .venv/bin/python -m pytest -q python tests/validation \
    tests/scenarios
}

# Another Python than that of .venv, of a version the package is for, with what is needed to build.
second_python() {
  local own python
  own="$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')"
  for version in 3.13 3.12 3.11 3.10; do
    python="$(command -v "python$version")" || continue
    [[ "$version" != "$own" ]] && "$python" - "$version" 2>/dev/null <<'END' || continue
import ensurepip, pathlib, sys, sysconfig, venv
header = pathlib.Path(sysconfig.get_path("include"), "Python.h")
sys.exit(sys.argv[1] != "%d.%d" % sys.version_info[:2] or not header.is_file())
END
    echo "$python"
    return
  done
}

stage_package() {
  local python environment=build/second-python prefix="$PWD/build/installed"
  python="$(second_python)"
  [[ -n "$python" ]] || { echo "no second Python 3.10 to 3.13 with its headers"; return "$skipped"; }
  "$python" --version
  build release
  cmake --install build/release --prefix "$prefix" >/dev/null
  "$python" -m venv --clear "$environment"
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check \
    -r python/requirements.txt -r <(grep -E '^(pytest|hypothesis)==' python/requirements-dev.txt)
  # The engine that is installed is used; without one pip would build it.
  CMAKE_PREFIX_PATH="$prefix" "$environment/bin/python" -m pip install --quiet \
    --disable-pip-version-check --no-deps --no-build-isolation ./python
  "$environment/bin/carestair" check configs/selbu/reablement.yaml | tail -n 1
  CARESTAIR="$prefix/bin/carestair" CARESTAIR_ENGINE_REQUIRED=1 \
    "$environment/bin/python" -m pytest -q -p no:cacheprovider \
    python/tests/test_run.py python/tests/test_sweep.py python/tests/test_result.py
}

stage_notebooks() {
  local notebooks=()
  mapfile -t notebooks < <(compgen -G "notebooks/*.ipynb" | sort)
  ((${#notebooks[@]})) || { echo "no notebooks"; return "$skipped"; }
  rm -rf build/notebooks
  for notebook in "${notebooks[@]}"; do
    echo "$notebook"
    PATH="$PWD/build/release:$PWD/.venv/bin:$PATH" MPLBACKEND=agg \
      .venv/bin/python -m nbconvert --to notebook --execute --log-level=WARN \
      --ExecutePreprocessor.kernel_name=python3 --ExecutePreprocessor.timeout=600 \
      --output-dir build/notebooks "$notebook"
  done
}

stage_docs() {
  [[ -x scripts/generate-docs.sh ]] || { echo "no scripts/generate-docs.sh"; return "$skipped"; }
  scripts/generate-docs.sh --check
  .venv/bin/python scripts/coverage.py --check
  NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --strict --quiet
  if grep -rlE '<(script|link|img)[^>]*(src|href)="https?://' build/site --include='*.html'; then
    echo "these pages fetch from the network" >&2
    return 1
  fi
  echo "build/site is built"
}

# --- running them ---------------------------------------------------------------------------------

names=()
for line in "${stages[@]}"; do names+=("${line%% *}"); done
known() { [[ " ${names[*]} " == *" $1 "* ]]; }

wanted=("${names[@]}")
case "${1:-}" in
  "") ;;
  --list) printf '%s\n' "${stages[@]}"; exit 0 ;;
  --only)
    IFS=', ' read -r -a asked <<<"${*:2}"
    ((${#asked[@]})) || { echo "--only wants stages; ./test.sh --list names them" >&2; exit 2; }
    for name in "${asked[@]}"; do
      known "$name" || { echo "no stage $name; ./test.sh --list names them" >&2; exit 2; }
    done
    wanted=()
    for name in "${names[@]}"; do
      [[ " ${asked[*]} " == *" $name "* ]] && wanted+=("$name")
    done
    ;;
  --run) known "${2:-}" && "stage_$2"; exit ;;  # one stage in a shell of its own, used below
  *) sed -n '2,7s/^# \?//p' "${BASH_SOURCE[0]}"; exit 2 ;;
esac

mkdir -p build/test-logs
table=()
passed=0
failed=0
left_out=0
for name in "${wanted[@]}"; do
  printf '\n=== %s\n' "$name"
  began=$SECONDS
  set +e
  bash "${BASH_SOURCE[0]}" --run "$name" </dev/null 2>&1 | tee "build/test-logs/$name.log"
  status=${PIPESTATUS[0]}
  set -e
  case $status in
    0) verdict=ok; passed=$((passed + 1)) ;;
    "$skipped") verdict=skipped; left_out=$((left_out + 1)) ;;
    *) verdict=FAILED; failed=$((failed + 1)) ;;
  esac
  table+=("$(printf '%-10s %-8s %5d s' "$name" "$verdict" $((SECONDS - began)))")
done

printf '\n%-10s %-8s %7s\n' stage result time
printf '%s\n' "${table[@]}"
if ((failed)); then printf 'What each stage said is in build/test-logs.\n'; fi
summary="$passed passed, $failed failed"
if ((left_out)); then summary+=", $left_out skipped"; fi
printf '%s\n' "$summary"
((failed == 0))
