# One broker of a cluster: its settings, its process, whether it answers. Sourced by tools/kafka/local, which sets
# `data`, `jars`, `count`, `port`, `cluster_id`, `java_options`, `broker_options` and `advertised`.

host=127.0.0.1

# Three ports a broker, in a row for the whole cluster: clients, controller, clients behind a proxy.
port_of()       { echo $((port + $1 - 1)); }
controller_of() { echo $((port + count + $1 - 1)); }
proxied_of()    { echo $((port + 2 * count + $1 - 1)); }

# each FUNCTION: what it says of every broker, with commas between.
each() {
  local n text=
  for ((n = 1; n <= count; ++n)); do text+=,$("$1" "$n"); done
  echo "${text#,}"
}
address_of() { echo "$host:$(port_of "$1")"; }
voter()      { echo "$1@$host:$(controller_of "$1")"; }

# settings_of N: a server.properties. Groups start without a pause, and a broker that was killed is let in again after
# its old session, 3 seconds instead of 9.
settings_of() {
  local n=$1 behind=${advertised[$1]:-} majority=$((count / 2 + 1)) option
  cat <<TEXT
process.roles=broker,controller
node.id=$n
controller.quorum.voters=$(each voter)
listeners=PLAINTEXT://$(address_of "$n"),CONTROLLER://$host:$(controller_of "$n")${behind:+,PROXIED://$host:$(proxied_of "$n")}
advertised.listeners=PLAINTEXT://$(address_of "$n")${behind:+,PROXIED://$behind}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=$data/$n/topics
auto.create.topics.enable=false
unclean.leader.election.enable=false
default.replication.factor=$count
min.insync.replicas=$majority
offsets.topic.replication.factor=$count
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=$count
transaction.state.log.min.isr=$majority
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=$count
share.coordinator.state.topic.min.isr=$majority
group.initial.rebalance.delay.ms=0
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
TEXT
  for option in "${broker_options[@]}"; do echo "$option"; done   # the last of a key counts
}

# java_for N ARGUMENT...: the command, in `command`.
java_for() {
  local archive=()
  [[ ! -s $jars/../classes.jsa ]] || archive=(-Xshare:auto "-XX:SharedArchiveFile=$jars/../classes.jsa")
  command=(java -cp "$jars/*" "${archive[@]}" -XX:-UsePerfData "-Djava.io.tmpdir=$data/$1/tmp"
    -Dorg.slf4j.simpleLogger.showDateTime=true "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS"
    -Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn "${@:2}")
}

# last_words FILE: of a Java, without the places in its code.
last_words() { grep -vE '^\s+at ' "$1" | tail -n 8; }

# prepare N: its folder, its settings, and its disk formatted where it is new.
prepare() {
  local folder=$data/$1
  mkdir -p "$folder/tmp"
  settings_of "$1" >"$folder/server.properties"
  printf '%s\n' "${java_options[@]}" >"$folder/java.options"
  [[ ! -e $folder/topics/meta.properties ]] || return 0
  java_for "$1" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC kafka.tools.StorageTool format \
    -t "$cluster_id" -c "$folder/server.properties"
  "${command[@]}" >"$folder/format.log" 2>&1 </dev/null || {
    last_words "$folder/format.log" >&2
    fail 3 "broker $1 could not prepare its disk: its last words are above, all of them in $folder/format.log"
  }
}

# launch N: starts its process, in a session of its own and without our lock.
launch() {
  local folder=$data/$1 options
  mapfile -t options <"$folder/java.options"
  [[ ! -e $folder/broker.log ]] || mv "$folder/broker.log" "$folder/broker.log.before"
  java_for "$1" "${options[@]}" kafka.Kafka "$folder/server.properties"
  rm -f "$folder/pid"
  (
    mark "$BASHPID" >"$folder/pid.part"
    mv "$folder/pid.part" "$folder/pid"   # whole at once: half a line would read as a process that has ended
    exec setsid "${command[@]}" 9>&-
  ) >"$folder/broker.log" 2>&1 </dev/null &
}

# answers PORT: does a Kafka say there, within two seconds, which requests it knows (ApiVersions, version 0)?
answers() {
  local reply
  reply=$(timeout 2 bash -c '
    exec 3<>"/dev/tcp/$0/$1" && printf "\0\0\0\12\0\22\0\0\0\0\0\1\377\377" >&3 && head -c 8 <&3 | od -An -tx1' \
    "$host" "$1" 2>/dev/null | tr -d ' \n') || true
  [[ $reply == ????????00000001 ]]
}

# state_of N: running, starting, paused or stopped.
state_of() {
  if ! marked "$data/$1/pid"; then echo stopped
  elif [[ ${stat[0]} == [Tt] ]]; then echo paused
  elif has_started "$1" && answers "$(port_of "$1")"; then echo running
  else echo starting
  fi
}
has_started() { grep -q 'Kafka Server started' "$data/$1/broker.log" 2>/dev/null; }

# await N: until it answers; fails with its last words where it ends before, or after a minute and a half.
await() {
  local n=$1 tenths=900 log=$data/$1/broker.log
  until [[ -e $data/$n/pid ]] && has_started "$n" && answers "$(port_of "$n")"; do
    if [[ -e $data/$n/pid ]] && ! marked "$data/$n/pid"; then
      is_port_taken "$n" && return 1
      last_words "$log" >&2
      fail 3 "broker $n ended while it started: its last words are above, all of them in $log"
    fi
    ((tenths-- > 0)) || fail 3 "broker $n has not answered for 90 seconds; see $log. Still there: tools/kafka/local status"
    sleep 0.1
  done
}
# Did it end because somebody else listens at one of its ports?
is_port_taken() { grep -qE 'Address already in use|failed to bind' "$data/$1/broker.log"; }
