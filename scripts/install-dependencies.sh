#!/usr/bin/env bash
# Installs what carestair needs on Debian or Ubuntu, and only what is missing; then makes .venv.
#   scripts/install-dependencies.sh         to build and run
#   scripts/install-dependencies.sh --dev   to test and change it as well
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dev=0
for argument in "$@"; do
  case "$argument" in
    --dev) dev=1 ;;
    -h | --help) sed -n '2,4s/^# \?//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "unknown argument: $argument (try --help)" >&2; exit 2 ;;
  esac
done

# Needed to build and run.
packages=(
  build-essential cmake ninja-build ca-certificates git
  libtbb-dev libeigen3-dev libhdf5-dev zlib1g-dev libyaml-cpp-dev librandom123-dev libcli11-dev
  libfmt-dev nlohmann-json3-dev catch2
  python3 python3-venv python3-dev
)
# Needed to test; an array of alternatives a line, the first one the distribution has is taken.
dev_packages=(ccache libbenchmark-dev netcdf-bin hdf5-tools)
dev_alternatives=("clang-format-14 clang-format" "clang-tidy-14 clang-tidy")
# Nice to have: the property tests, those of pages in a browser, or those of R are left out where the
# distribution lacks it.
dev_optional=(librapidcheck-dev chromium r-base-core r-cran-ncdf4 r-bioc-rhdf5)

say() { printf '%s\n' "$*"; }
fail() { printf 'install-dependencies: %s\n' "$*" >&2; exit 1; }

installed() { [[ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]; }
available() { [[ -n "$(apt-cache madison "$1" 2>/dev/null)" ]]; }

root=()
administrator=1
if [[ "$(id -u)" != 0 ]]; then
  root=(sudo)
  command -v sudo >/dev/null || administrator=0
fi

apt_get() {  # quiet unless it fails
  local log
  log="$(mktemp)"
  if ! "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" >"$log" 2>&1 </dev/null; then
    tail -n 30 "$log" >&2
    rm -f "$log"
    fail "apt-get $1 failed; the lines above say why (no network, most often)"
  fi
  rm -f "$log"
}

# --- packages of the distribution -----------------------------------------------------------------

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  fail "this script knows Debian and Ubuntu only. Elsewhere, install a C++20 compiler, CMake 3.22,
Ninja, oneTBB, Eigen, HDF5, zlib, yaml-cpp, Random123, CLI11, fmt, nlohmann-json, Catch2 and
Python 3.10 with venv; then build with: cmake --preset release && cmake --build --preset release"
fi

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
if ((dev)); then
  for package in "${dev_packages[@]}"; do
    installed "$package" || missing+=("$package")
  done
fi

lists_fresh=0
without_optional=()
refresh_lists() {
  ((lists_fresh || !administrator)) && return
  say "refreshing the package lists"
  apt_get update
  lists_fresh=1
}

if ((dev)); then
  for alternatives in "${dev_alternatives[@]}"; do
    read -r -a names <<<"$alternatives"
    found=0
    for name in "${names[@]}"; do
      installed "$name" && found=1
    done
    ((found)) && continue
    refresh_lists
    chosen="${names[-1]}"
    for name in "${names[@]}"; do
      if available "$name"; then
        chosen="$name"
        break
      fi
    done
    missing+=("$chosen")
  done
  for package in "${dev_optional[@]}"; do
    installed "$package" && continue
    # Ask once only: what a distribution lacks today it lacks tomorrow.
    [[ -e ".venv/.without-$package" ]] && continue
    refresh_lists
    if available "$package"; then
      missing+=("$package")
    else
      say "$package is not in this distribution; its tests are left out"
      without_optional+=("$package")
    fi
  done
fi

if ((${#missing[@]})); then
  ((administrator)) || fail "packages are missing, and installing them needs root or sudo.
Ask for this, then start again:
  apt-get install --no-install-recommends ${missing[*]}"
  refresh_lists
  say "installing ${missing[*]}"
  apt_get install -y --no-install-recommends "${missing[@]}"
fi

# --- Python ---------------------------------------------------------------------------------------

python=/usr/bin/python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' ||
  fail "Python 3.10 or later is needed, $python is $("$python" --version)"

# A stamp names everything the environment was made from, and where: environments cannot be moved.
inputs=(python/requirements.txt)
((dev)) && inputs+=(python/requirements-dev.txt)
[[ -f python/pyproject.toml ]] && inputs+=(python/pyproject.toml)
stamp="$({ pwd; "$python" --version; cat "${inputs[@]}"; } | sha256sum | cut -d' ' -f1)"
stamp_file=.venv/.made-from
((dev)) && stamp_file=.venv/.made-from-dev

if [[ "$(cat "$stamp_file" 2>/dev/null)" != "$stamp" ]]; then
  if ! { [[ -x .venv/bin/python ]] && .venv/bin/python -m pip --version >/dev/null 2>&1; } ||
    [[ "$(cat .venv/.place 2>/dev/null)" != "$PWD $("$python" --version)" ]]; then
    say "making the Python environment .venv"
    rm -rf .venv
    "$python" -m venv .venv || fail "$python -m venv .venv failed; is python3-venv installed?"
    printf '%s\n' "$PWD $("$python" --version)" >.venv/.place
  fi
  say "installing Python packages into .venv"
  pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check --no-input)
  requirements=(-r python/requirements.txt)
  ((dev)) && requirements+=(-r python/requirements-dev.txt)
  "${pip[@]}" install "${requirements[@]}" ||
    fail "pip failed; the lines above say why (a network or proxy problem, most often)"
  if [[ -f python/pyproject.toml ]]; then
    # The engine comes from the build, which puts it beside the sources: nothing is compiled here.
    "${pip[@]}" install --no-deps --no-build-isolation --config-settings=wheel.cmake=false \
      --config-settings=editable.mode=inplace --editable python ||
      fail "installing the package python/ failed"
  fi
  printf '%s\n' "$stamp" >"$stamp_file"
fi
for package in "${without_optional[@]:-}"; do
  [[ -n "$package" ]] && touch ".venv/.without-$package"
done

say "dependencies are in place"
