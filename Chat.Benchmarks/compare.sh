#!/usr/bin/env bash
# The server against a naive SignalR + EF Core one, measured from outside with the C generator wsload. See --help.
set -euo pipefail

usage() {
  cat <<'T'
compare.sh [options] [case ...]

Cases (all of them when none is named):
  ack         acknowledged sends, 64 / 256 / 1,024 senders: naive, raw, hub
  ack-sqlite  acknowledged sends on SQLite, 64 senders: raw
  fanout      1 -> 1,000, closed loop, window 16: naive, raw, hub
  paced       1 -> 1,000 at 50 messages/s: naive, raw, hub
  rooms       100 rooms of 10, all sending: naive, raw, hub
  idle        19,000 joined connections: raw, hub
  longpoll    100 and 1,000 long polls: chat-room's REST
  instances   fan-out to 1,000, closed loop and at 50 messages/s: one instance, and two with Redis that share the
              readers

Options:
  -n N          repetitions (3); the table has medians
  -o DIR        where results.jsonl and table.md go (a new temporary folder)
  -d SECONDS    measured time of each run (10)
  -w SECONDS    warm-up of each run (6)
  --idle N      connections of the idle case (19000)

Environment:
  CHAT_TOOLS    folder with wsload/, signalr-naive/, pg.sh, redis.sh (../shared/tools beside the repository)
  CHAT_SERVER   folder of a published server, instead of publishing one
  CHAT_LIMITS   Chat:Limits:Factor of the server (0: no limits; 1000000: they are looked at and never met)

Both servers run in turns within one repetition, never at once, each on a new database of one private PostgreSQL with
default durability. The generator is pinned to core 1. Ports 18090 (server), 18091 (PostgreSQL), 18092 (Redis) and
18093 (second instance) of 127.0.0.1 must be free.
T
}

repetitions=3 out='' duration=10 warmup=6 idle=19000 cases=()
while (($#)); do
  case $1 in
    -n) repetitions=$2; shift ;;
    -o) out=$2; shift ;;
    -d) duration=$2; shift ;;
    -w) warmup=$2; shift ;;
    --idle) idle=$2; shift ;;
    -h | --help) usage; exit 0 ;;
    ack | ack-sqlite | fanout | paced | rooms | idle | longpoll | instances) cases+=("$1") ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
((${#cases[@]})) || cases=(ack ack-sqlite fanout paced rooms idle longpoll instances)

root=$(cd "$(dirname "$0")/.." && pwd)
tools=$(cd "${CHAT_TOOLS:-$root/../shared/tools}" && pwd) || {
  echo "set CHAT_TOOLS to the folder with wsload, signalr-naive and pg.sh" >&2
  exit 2
}
work=$(mktemp -d)
chmod 711 "$work" # PostgreSQL runs as another user
out=${out:-$(mktemp -d)}
mkdir -p "$out"
results=$out/results.jsonl
port=18090 pid='' second_port=18093 second_pid='' databases=0
raw="ws://127.0.0.1:$port/api/v1/chat/ws?user_id={uuid}" setup="http://127.0.0.1:$port/api/v1/chat"
export BENCH_PGDATA=$work/pg BENCH_PGPORT=18091 BENCH_REDISPORT=18092

stop_process() { # PID
  [[ -n $1 ]] || return 0
  kill "$1" 2>/dev/null || true
  for _ in {1..150}; do kill -0 "$1" 2>/dev/null || break; sleep 0.1; done
  kill -9 "$1" 2>/dev/null || true
}

stop_server() {
  stop_process "$second_pid"
  stop_process "$pid"
  pid='' second_pid=''
}

finish() {
  stop_server
  "$tools/pg.sh" stop || true
  [[ " ${cases[*]} " != *' instances '* ]] || "$tools/redis.sh" stop || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

prepare() {
  ulimit -n "$(ulimit -Hn)"
  cp -r "$tools/wsload" "$work/wsload"
  chmod -R u+w "$work/wsload"
  make -s -B -C "$work/wsload"
  server=${CHAT_SERVER:-$work/server}
  if [[ -z ${CHAT_SERVER:-} ]]; then
    dotnet publish "$root/Chat.Server" -c Release -r linux-x64 --self-contained false -o "$server" -v q --nologo >&2
  fi
  dotnet build "$root/Chat.Benchmarks" -c Release -v q --nologo >&2
  "$tools/pg.sh" start >/dev/null
  [[ " ${cases[*]} " != *' instances '* ]] || "$tools/redis.sh" start >/dev/null
}

# A new database for each server; what the last one left to be written is written before the next one is measured.
new_database() {
  databases=$((databases + 1))
  database=run$databases
  "$tools/pg.sh" psql -q -c "create database $database" -c checkpoint
}

await() { # PATH [PORT]
  for _ in {1..300}; do
    curl -fs -o /dev/null "http://127.0.0.1:${2:-$port}$1" && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  echo "the server did not start; its log:" >&2
  tail -20 "$work/server.log" >&2
  exit 1
}

start_naive() {
  new_database
  local pg="Host=127.0.0.1;Port=$BENCH_PGPORT;Username=postgres;Database=$database;Maximum Pool Size=50"
  pid=$(TMPDIR=$work PG="$pg" "$tools/signalr-naive/run.sh" $port pg)
  await /
}

start_chat() { # [sqlite]
  local connection
  if [[ ${1:-} == sqlite ]]; then
    rm -f "$work"/chat.db*
    connection="Data Source=$work/chat.db"
  else
    new_database
    connection="Host=127.0.0.1;Port=$BENCH_PGPORT;Username=postgres;Database=$database"
  fi
  run_chat $port
  pid=$!
  await /health
}

run_chat() { # PORT [NAME=VALUE]
  (cd "$work" && exec env ASPNETCORE_URLS="http://127.0.0.1:$1" ConnectionStrings__Chat="$connection" \
    Logging__LogLevel__Default=Warning Chat__Limits__Factor="${CHAT_LIMITS:-0}" "${@:2}" \
    "$server/Chat.Server" >>"$work/server.log" 2>&1) &
}

start_two() {
  local connection redis=REDIS_URL=redis://127.0.0.1:$BENCH_REDISPORT
  new_database
  connection="Host=127.0.0.1;Port=$BENCH_PGPORT;Username=postgres;Database=$database"
  run_chat $port "$redis"
  pid=$!
  await /health/ready
  run_chat $second_port "$redis"
  second_pid=$!
  await /health/ready $second_port
}

salt=0
load() { # TAG WSLOAD-ARGUMENTS...
  local tag=$1
  shift
  salt=$((salt + 1)) # other users and rooms than the last run's
  echo "  $tag" >&2
  local pids=(--server-pid "app=$pid")
  [[ -z $second_pid ]] || pids+=(--server-pid "app2=$second_pid" --server-pid "redis=$("$tools/redis.sh" pid)")
  [[ $tag == idle-* ]] || pids+=(--server-pid "pg=$("$tools/pg.sh" pid)") # bytes a connection are the server's own
  taskset -c 1 "$work/wsload/wsload" --tag "$tag" --salt $salt --size 200 --duration "$duration" --warmup "$warmup" \
    "${pids[@]}" "$@" >>"$results" ||
    # A fault in the table; the other cases still run.
    printf '{"tag":"%s","scenario":"broken","failed":1}\n' "$tag" >>"$results"
}

raw() { # CASE ARGUMENTS...
  local name=$1
  shift
  load "$name|raw" --adapter frames --url "$raw" --setup-url "$setup" "$@"
}

hub() {
  local name=$1
  shift
  load "$name|hub" --adapter signalr --url "ws://127.0.0.1:$port/hubs/chat?user_id={uuid}" --target MessageReceived \
    --setup-url "http://127.0.0.1:$port/api/v1/chat" "$@"
}

naive() {
  local name=$1
  shift
  load "$name|naive" --adapter signalr --url "ws://127.0.0.1:$port/hub?user_id={uuid}" --target message "$@"
}

# naive, raw and hub in turns, each on a server that has just started
in_turns() { # CASE ARGUMENTS...
  start_naive; naive "$@"; stop_server
  start_chat; raw "$@"; stop_server
  start_chat; hub "$@"; stop_server
}

run_case() {
  case $1 in
    ack)
      local n
      for n in 64 256 1024; do
        start_naive; naive ack-$n --scenario ack -n $n --refill ack; stop_server
        start_chat; raw ack-$n --scenario ack -n $n; stop_server
        start_chat; hub ack-$n --scenario ack -n $n --refill ack; stop_server
      done ;;
    ack-sqlite) start_chat sqlite; raw ack-sqlite-64 --scenario ack -n 64; stop_server ;;
    fanout) in_turns fanout-1000 --scenario fanout -n 1000 -s 1 --window 16 ;;
    paced) in_turns paced-50 --scenario fanout -n 1000 -s 1 --rate 50 ;;
    rooms) in_turns rooms-100x10 --scenario rooms -n 1000 -k 10 ;;
    idle)
      start_chat; raw idle-$idle --scenario idle -n "$idle" -k 10 --hold "$duration"; stop_server
      start_chat; hub idle-$idle --scenario idle -n "$idle" -k 10 --hold "$duration"; stop_server ;;
    longpoll)
      # One message about every 2.5 s: wsload's polls name the next whole second, so two messages must not share one.
      local n
      for n in 100 1000; do
        start_chat
        load "longpoll-$n|rest" --scenario longpoll -n $n --url "http://127.0.0.1:$port" --since-mode next --rate 0.4 \
          --duration $((duration * 3))
        stop_server
      done ;;
    instances)
      # Connections take the addresses in turn: half of the readers are on each instance.
      local second="ws://127.0.0.1:$second_port/api/v1/chat/ws?user_id={uuid}" shape
      for shape in '--window 16' '--rate 50'; do
        local name=instances-closed
        [[ $shape == *rate* ]] && name=instances-paced
        start_chat; load "$name|one" --adapter frames --url "$raw" --setup-url "$setup" \
          --scenario fanout -n 1000 -s 1 $shape; stop_server
        start_two; load "$name|two" --adapter frames --url "$raw" --url "$second" --setup-url "$setup" \
          --scenario fanout -n 1000 -s 1 $shape; stop_server
      done ;;
  esac
}

prepare
for ((repetition = 1; repetition <= repetitions; repetition++)); do
  for name in "${cases[@]}"; do
    echo "repetition $repetition of $repetitions: $name" >&2
    run_case "$name"
  done
done
code=0
dotnet run --no-build -c Release --project "$root/Chat.Benchmarks" -- table "$results" | tee "$out/table.md" || code=$?
echo "results: $results" >&2
exit $code
