# Processes by number and start time, so that a number used again is never taken for ours. Sourced by tools/kafka/local.

boot=$(</proc/sys/kernel/random/boot_id)

# stat_of PID: the fields of /proc/PID/stat from the third on, in `stat`; fails where there is no such process.
stat_of() {
  local line
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  read -ra stat <<<"${line##*) }"
  [[ ${stat[0]} != [ZX] ]]
}

# mark PID: the line of a pid file that names this process and no other.
mark() { stat_of "$1" && echo "$1 ${stat[19]} $boot"; }

# marked FILE: the number of the process that a pid file names, in `pid`; fails where that process is gone.
marked() {
  local started when
  [[ -e $1 ]] && read -r pid started when <"$1" &&
    [[ $when == "$boot" ]] && stat_of "$pid" && [[ ${stat[19]} == "$started" ]]
}

# signal NAME FILE...: sends it to the processes of those files that are there still.
signal() {
  local name=$1 file pid
  shift
  for file in "$@"; do
    if marked "$file"; then kill -s "$name" "$pid" 2>/dev/null || true; fi
  done
}

# gone SECONDS FILE...: waits for the end of all of them; fails where one is still there.
gone() {
  local tenths=$(($1 * 10)) file pid
  shift
  for file in "$@"; do
    while marked "$file"; do
      ((tenths-- > 0)) || return 1
      sleep 0.1
    done
  done
}

# still SECONDS FILE...: waits until no thread of those processes runs any more: SIGSTOP is one thread's business first, and
# where processors are busy the others go on meanwhile. Fails where one still runs.
still() {
  local hundredths=$(($1 * 100)) file pid
  shift
  for file in "$@"; do
    while marked "$file" && cat "/proc/$pid/task/"*/stat 2>/dev/null | sed 's/.*) //' | grep -q '^[^TtZX]'; do
      ((hundredths-- > 0)) || return 1
      sleep 0.01
    done
  done
}
