# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# npm's packages and meson's build folders: made where they are missing or out of date, resumed where a run was cut off.

# shellcheck source=tools/lib/packages.sh
. "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

# A compiler on a template-heavy file; a small board would otherwise swap itself to death.
readonly megabytes_for_a_compiler=700

# Two builds at once in one folder spoil it: the second waits. The lock ends with this process or at `let_others_build`.
lock_build() {
  as_owner mkdir -p "$repository/build" || give_up "$exit_not_permitted" "cannot write '$repository/build'"
  exec {build_lock}<"$repository/build"
  flock -n "$build_lock" && return
  say 'another run is building here; waiting for it'
  flock "$build_lock"
}

let_others_build() {
  exec {build_lock}<&-
}

# install_npm_packages FOLDER: `npm ci` where the lock file, node or the machine differ from the last time.
install_npm_packages() {
  local folder=$1 stamp="$repository/build/stamp/npm-$1" state
  have_node || give_up "$exit_unavailable" "node 18 or later and npm are needed, and '$(command -v node)' is" \
    "$(node --version 2>&1): take it off the PATH, and Debian's is used"
  state="$(sha256sum <"$repository/$folder/package-lock.json") $(node --version) $(uname -m)"
  # npm writes the inner lock last: without it an installation was cut off.
  [ -e "$repository/$folder/node_modules/.package-lock.json" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && return
  require_space "$megabytes_for_the_build" "$repository"
  # No package's script is run: none of ours needs one, and this may be running as root.
  if ! step "fetching the npm packages of $folder/" "npm-$folder" as_owner npm --prefix "$repository/$folder" ci \
    --ignore-scripts --no-audit --no-fund --no-update-notifier; then
    show_log "npm-$folder"
    if grep -q -E 'ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|ETIMEDOUT|ENETUNREACH' "$log_folder/npm-$folder.log"; then
      give_up "$exit_unavailable" "npm could not fetch packages: is there a network? Run this again once there is"
    fi
    give_up "$exit_unavailable" "the npm packages of '$folder' could not be installed; the reason stands above"
  fi
  as_owner mkdir -p "${stamp%/*}"
  as_owner tee "$stamp" <<<"$state" >/dev/null
}

# Whether a build folder is whole, and was made for this place and this system.
is_configured() {
  [ -e "$repository/$1/build.ninja" ] && [ "$(cat "$repository/$1/.made-for" 2>/dev/null)" = "$repository $os_version" ]
}

# configure FOLDER OPTION...: `meson setup`, or `meson configure` where only the options differ from the last time.
configure() {
  local folder=$1 log="meson-${1//\//-}" at="$repository/$1"
  shift
  if ! is_configured "$folder"; then
    as_owner rm -rf "$at/meson-private" "$at/meson-info" "$at/build.ninja"
    require_space "$megabytes_for_the_build" "$repository"
    step "setting up $folder/" "$log" as_owner meson setup "$at" "$repository" "$@" || explain_build_failure "$log"
    as_owner tee "$at/.made-for" <<<"$repository $os_version" >/dev/null
  elif [ "$(cat "$at/.options" 2>/dev/null)" != "$*" ]; then
    step "changing the options of $folder/ to $*" "$log" as_owner meson configure "$at" "$@" ||
      explain_build_failure "$log"
  fi
  as_owner tee "$at/.options" <<<"$*" >/dev/null
}

explain_build_failure() {
  show_log "$1"
  give_up "$exit_failed" "the build failed; the whole output is in build/log/$1.log"
}

compilers_at_once() {
  local by_memory
  by_memory=$(($(awk '/^MemTotal/ { print $2 }' /proc/meminfo) / 1024 / megabytes_for_a_compiler))
  printf '%s\n%s\n' "$(nproc)" $((by_memory > 1 ? by_memory : 1)) | sort -n | head -n 1
}

# build FOLDER TARGET...: ninja; no target is all of them.
build() {
  local folder=$1 log="ninja-${1//\//-}"
  shift
  step "building ${folder}/${*:+ ($*)}" "$log" as_owner ninja -C "$repository/$folder" -j "$(compilers_at_once)" "$@" ||
    explain_build_failure "$log"
}
