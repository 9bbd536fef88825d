# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian's packages: which of tools/packages/*.txt are missing, and their installation.
# A line of a list is `package  # why`; where two names are joined by `|`, one of them is enough.

# shellcheck source=tools/lib/steps.sh
. "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

readonly package_folder="$repository/tools/packages"
readonly oldest_debian=12
readonly minutes_to_wait_for_apt=10
# What a build writes, beside what the packages take.
# shellcheck disable=SC2034 # for those who source this
readonly megabytes_for_the_build=600

lines_of() {
  local list
  for list in "$@"; do
    [ -r "$package_folder/$list.txt" ] || give_up "$exit_usage" "there is no list '$package_folder/$list.txt'"
    sed -E '/^[[:space:]]*(#|$)/d' "$package_folder/$list.txt"
  done
}

# Prints the lines of these lists of which no name is installed.
# shellcheck disable=SC2016 # the ${} are dpkg-query's
missing_lines() {
  awk '
    from == "dpkg" { if ($2 == "installed") have[$1] = 1; next }
    { n = split($1, names, "|"); for (i = 1; i <= n; i++) if (names[i] in have) next; if (!seen[$1]++) print }
  ' from=dpkg <(lines_of "$@" | awk '{ gsub(/\|/, "\n", $1); print $1 }' |
    xargs dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null) from=lists <(lines_of "$@")
}

# Debian's own node is needed only where no other one is on the PATH.
have_node() {
  local major
  command -v npm >/dev/null && major=$(node --version 2>/dev/null) && major=${major#v} && [ "${major%%.*}" -ge 18 ]
}

require_debian() {
  local ID='' ID_LIKE='' VERSION_ID='' PRETTY_NAME='an unknown system'
  # shellcheck source=/dev/null
  [ -r /etc/os-release ] && . /etc/os-release
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    give_up "$exit_unavailable" "this is $PRETTY_NAME, which has no apt: tools/packages/ lists what to install," \
      "then 'meson setup build && ninja -C build' builds Fanlight"
  fi
  case " $ID $ID_LIKE " in
    *' debian '* | *' raspbian '*) ;;
    *) give_up "$exit_unavailable" "this is $PRETTY_NAME; Fanlight is made for Debian 12 and 13 and Raspberry Pi OS" ;;
  esac
  if [[ $ID = debian || $ID = raspbian ]] && [ "${VERSION_ID:-99}" -lt "$oldest_debian" ]; then
    give_up "$exit_unavailable" "this is $PRETTY_NAME; Fanlight needs Debian $oldest_debian or later (GStreamer 1.22)"
  fi
  # shellcheck disable=SC2034 # for those who source this
  os_version="$ID ${VERSION_ID:-unreleased}"
}

# Asks for the password, if one is needed, before any progress is drawn over the question.
require_root() {
  [ "$EUID" -ne 0 ] || return 0
  if ! command -v sudo >/dev/null; then
    give_up "$exit_not_permitted" "installing packages needs root and there is no sudo here: run this as root," \
      "or install them as root first: apt-get install --no-install-recommends $*"
  fi
  if [ -t 0 ] && [ -t 2 ]; then
    sudo -v || give_up "$exit_not_permitted" "installing packages needs root, and sudo refused"
  else
    sudo -n true 2>/dev/null || give_up "$exit_not_permitted" "installing packages needs root, and sudo asks for a" \
      "password that cannot be typed here: run this as root, or in a terminal"
  fi
}

as_root() {
  if [ "$EUID" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt() {
  as_root env LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -q \
    -o Acquire::Retries=2 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

# apt_step TEXT LOG-NAME COMMAND...: a step that waits while another program, mostly an automatic update, has the lock.
apt_step() {
  local log="$log_folder/$2.log" until=$((SECONDS + minutes_to_wait_for_apt * 60)) told='' holder
  until step "$@"; do
    holder=$(grep -m 1 -o "$held_up.*" "$log") || return 1
    [ $SECONDS -lt $until ] || give_up "$exit_unavailable" "gave up after $minutes_to_wait_for_apt minutes: ${holder,}"
    [ -n "$told" ] || say "another program is installing packages; waiting for it (${holder,})"
    told=yes
    read -rt 10 -u "$wake"
  done
  return 0
}

# 1,234 MB or 56.7 kB, as apt writes it, in whole megabytes.
megabytes() {
  local number=${1:-0} unit=${2:-B}
  awk -v number="${number//,/}" -v unit="$unit" '
    BEGIN { of["B"] = 1e-6; of["kB"] = 1e-3; of["MB"] = 1; of["GB"] = 1e3; printf "%d", number * of[unit] + 0.5 }'
}

# Asks apt what the installation would take; sets packages_expected, to_get and to_keep (megabytes).
measure_installation() {
  local log="$log_folder/apt-plan.log"
  start_log "$log"
  apt install -y --print-uris -o Debug::NoLocking=1 --no-install-recommends --fix-broken "$@" \
    >>"$log" 2>&1 </dev/null || return 1
  packages_expected=$(sed -nE 's/^([0-9]+) upgraded, ([0-9]+) newly installed.*/\1 + \2/p' "$log")
  packages_expected=$((packages_expected))
  # shellcheck disable=SC2046 # two words each: a number and its unit
  to_get=$(megabytes $(sed -nE 's/^Need to get ([0-9.,]+) ([kMG]?B).*/\1 \2/p' "$log"))
  # shellcheck disable=SC2046
  to_keep=$(megabytes $(sed -nE 's/^After this operation, ([0-9.,]+) ([kMG]?B) of additional.*/\1 \2/p' "$log"))
}

require_space() {
  local need=$1 folder=$2 free
  free=$(df --output=avail -BM "$folder" | awk 'NR == 2 { print $1 + 0 }')
  [ "$free" -ge "$need" ] || give_up "$exit_unavailable" "too little disk: '$folder' has $free MB free and" \
    "$need MB are needed; make room, then run this again"
}

# Tells a missing network from a package that this system does not have.
explain_apt_failure() {
  local sign offline='failure resolving|could not resolve|unable to connect|cannot initiate|timed out|unreachable'
  sign=$(grep -h -m 1 -i -E "$offline" \
    "$log_folder/apt-lists.log" "$log_folder/$1.log" | head -n 1)
  if [ -n "$sign" ]; then
    say "${sign:0:200}"
    give_up "$exit_unavailable" "the packages could not be fetched: is there a network? Run this again once there is;" \
      "all of apt's words are in build/log/$1.log"
  fi
  show_log "$1"
  give_up "$exit_unavailable" "the packages could not be installed; the reason stands above"
}

# first_available 'NAME|NAME'...: of each the first that this Debian has, or else the first, for apt to explain.
first_available() {
  local names name
  for names in "$@"; do
    for name in ${names//|/ } "${names%%|*}"; do
      apt-cache show "$name" >/dev/null 2>&1 && break
    done
    printf '%s\n' "$name"
  done
}

# install_packages LIST...: installs what is missing of these lists, saying what and why. Nothing missing: no network,
# no word.
install_packages() {
  local lists=() list lines names to_get=0 to_keep=0 packages_expected=0
  for list in "$@"; do
    [ "$list" = node ] && have_node || lists+=("$list")
  done
  require_debian
  lines=$(missing_lines "${lists[@]}")
  [ -n "$lines" ] || return 0
  mapfile -t names < <(sed -E 's/[[:space:]].*//' <<<"$lines")
  say "Missing here, and installed now (${#names[@]} of Debian's packages):"
  sed -E 's/^([^[:space:]]+)[[:space:]]*#?[[:space:]]*(.*)/\1\t\2/' <<<"$lines" |
    while IFS=$'\t' read -r name why; do say "$(printf '  %-34s %s' "${name//|/ or }" "$why")"; done
  require_root "${names[@]%%|*}"

  # An earlier run, or another program, may have been cut off in the middle.
  if [ -n "$(dpkg --audit 2>/dev/null)" ]; then
    apt_step 'finishing an installation that was interrupted' dpkg-configure as_root env LC_ALL=C \
      DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confdef --force-confold || show_log dpkg-configure
  fi
  # Whether stale lists are good enough is for the installation to say: a foreign source may be away by itself.
  apt_step 'reading the lists of packages' apt-lists apt update || true
  mapfile -t names < <(first_available "${names[@]}")
  measure_installation "${names[@]}" || explain_apt_failure apt-plan
  require_space $((to_get + to_keep)) /usr
  apt_step "installing $packages_expected package(s), with what these need (${to_get} MB to get, ${to_keep} MB on disk)" \
    apt-install apt install -y --no-install-recommends --fix-broken "${names[@]}" || explain_apt_failure apt-install
}
