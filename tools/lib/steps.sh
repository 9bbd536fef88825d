# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What a tool tells a person while it works. All of it goes to standard error, because standard output belongs to the
# daemon; the whole output of every step is kept in build/log/.

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
log_folder="$repository/build/log"

# What the tools end with: the meanings are those of sysexits(3).
# shellcheck disable=SC2034 # for those who source this
readonly exit_usage=64 exit_unavailable=69 exit_failed=70 exit_not_permitted=77

# What apt says while another program has its lock: a step that ends so is tried again.
readonly held_up='Could not get lock'

readonly lines_shown_of_a_failed_step=60

# A pipe to ourselves: a read from it that runs out of time is a pause, and a line written to it ends the ticker.
exec {wake}<> <(:)
ticker=''

say() {
  printf '%s\n' "$*" >&2
}

# The exit code, then what failed, then what to do about it.
give_up() {
  local code=$1
  shift
  say "${0##*/}: $*"
  exit "$code"
}

minutes() {
  printf '%d:%02d' $(($1 / 60)) $(($1 % 60))
}

# Files under build/ belong to whoever owns the checkout, also when the tool runs under sudo: the next run may not.
owner_uid=$(stat -c %u "$repository")
as_owner() {
  local home=''
  [ "$EUID" -ne 0 ] || [ "$owner_uid" -eq 0 ] || home=$(getent passwd "$owner_uid" | cut -d: -f6)
  if [ -z "$home" ]; then
    "$@"
    return
  fi
  setpriv --reuid="$owner_uid" --regid="$(stat -c %g "$repository")" --init-groups env HOME="$home" "$@"
}

# Makes the folder, and an empty log in it that a run by another user may have left behind.
start_log() {
  as_owner mkdir -p "$log_folder" || give_up "$exit_not_permitted" "cannot write '$log_folder': is it another user's?"
  rm -f "$1"
  as_owner touch "$1"
}

# How far a step is, read from what it has printed so far: ninja counts by itself, apt's lines are counted.
progress_of() {
  local log=$1 total=$2 lines
  if [ "$total" -gt 0 ]; then
    lines=$(grep -c -E '^(Get:|Unpacking |Setting up )' "$log")
    # each package is fetched, unpacked and set up
    printf ' %d %%' $((lines * 100 / (total * 3) > 100 ? 100 : lines * 100 / (total * 3)))
  else
    tail -n 1 "$log" | sed -nE 's/^\[([0-9]+)\/([0-9]+)\].*/ \1 of \2/p'
  fi
}

# Shows the step once it takes a second: what is done at once is not worth a line.
tick() {
  local text=$1 log=$2 total=$3 began=$4
  read -rt 1 -u "$wake" && return
  : >"$log.shown"
  printf '[%s] %s ... ' "$(minutes "$began")" "$text" >&2
  while [ -d "/proc/$$" ]; do
    [ ! -t 2 ] || printf '\r\033[K[%s] %s ...%s %s ' "$(minutes "$began")" "$text" "$(progress_of "$log" "$total")" \
      "$(minutes $((SECONDS - began)))" >&2
    read -rt 1 -u "$wake" && return
  done
}

stop_ticking() {
  [ -n "$ticker" ] || return 0
  echo >&"$wake"
  wait "$ticker"
  ticker=''
}
trap 'stop_ticking' EXIT
trap 'stop_ticking; say; say "${0##*/}: interrupted; run it again and it goes on from here"; exit 130' INT TERM

# step TEXT LOG-NAME COMMAND...: runs the command with its output in the log; returns what it returned.
# `packages_expected` tells a step of apt how many packages make 100 %.
step() {
  local text=$1 log="$log_folder/$2.log" code=0
  local began=$SECONDS
  shift 2
  start_log "$log"
  rm -f "$log.shown"
  tick "$text" "$log" "${packages_expected:-0}" "$began" &
  ticker=$!
  "$@" >>"$log" 2>&1 </dev/null || code=$?
  stop_ticking
  # The line so far stands on a terminal with its ticking figures, elsewhere as it is, or was not worth writing yet.
  if [ -t 2 ] && [ -e "$log.shown" ]; then printf '\r\033[K' >&2; fi
  if [ -t 2 ] || [ ! -e "$log.shown" ]; then text="[$(minutes "$began")] $text ... "; else text=''; fi
  if [ "$code" -ne 0 ]; then
    say "${text}$(grep -q "$held_up" "$log" && echo 'held up' || echo 'failed') after $(minutes $((SECONDS - began)))"
  elif [ -e "$log.shown" ]; then
    say "$text$(minutes $((SECONDS - began)))"
  fi
  rm -f "$log.shown"
  return "$code"
}

# What a failed step printed from its first error on; its end where no line looks like one.
show_log() {
  local log="$log_folder/$1.log" first
  first=$(grep -n -m 1 -E '^(FAILED:|E: |npm ERR!|npm error)|error:|ERROR:' "$log" | cut -d: -f1)
  say "--- $log"
  if [ -n "$first" ]; then
    tail -n "+$first" "$log" | head -n "$lines_shown_of_a_failed_step" >&2
  else
    tail -n "$lines_shown_of_a_failed_step" "$log" >&2
  fi
  say '---'
}
