#!/bin/bash
# Plants a fault into a copy of the server and plays the rounds of `revocations` against it: each must be caught.
# The faults: the gate is open; the look is before the block is taken; numbers without the lock; the comparison is
# before the registration. What makes their moment longer, a wait, does no harm where the order is right.
#   Chat.Benchmarks/revocation-faults.sh [fault ...]       (gate look numbers register; all)
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rounds=${ROUNDS:-8} users=${USERS_PER_ROUND:-40} rate=${RATE:-60}

# plant FILE PERL: fails where it changes nothing, because the source is no longer what it was.
plant() {
    local before after
    before=$(sha256sum "$work/src/$1")
    perl -0pi -e "$2" "$work/src/$1"
    after=$(sha256sum "$work/src/$1")
    [ "$before" != "$after" ] || { echo "nothing to plant in $1"; exit 2; }
}

missed=""
[ $# -gt 0 ] || set -- gate look numbers register
for fault in "$@"; do
    rm -rf "$work/src" "$work/out"
    mkdir "$work/src"
    (cd "$root" && git ls-files -z | tar --null -cT - | tar -x -C "$work/src")
    case $fault in
    gate)
        plant Chat.Server/Callers/Admission.cs 's/IsFresh => !_isRead \|\| Age <= Fresh/IsFresh => true/' ;;
    look)
        plant Chat.Server/FanOut/ClientWriter.cs \
            's/(if \(!subscription\.TryGetStretch)/if (subscription.TryGetStretch(out to) \&\& await Look())\n$1/'
        plant Chat.Server/FanOut/ClientWriter.cs \
            's/await Look\(\)\)/await MayShowAsync()) await Task.Delay(4_000);/'
        plant Chat.Server/FanOut/ClientWriter.cs \
            's/(TryWriteAsync\(EncodedBlock block\)\s*\{\s*if \()!await MayShowAsync\(\)/${1}Standing is null/' ;;
    numbers)
        plant Chat.Server/Revocations/Store/PostgresRevocationStore.cs \
            's/"select pg_advisory_xact_lock\(\d+\)"/"select 1"/'
        plant Chat.Server/Persistence/Postgres/PostgresMembershipSql.cs \
            's/"update deployment set requires = \$1 where requires < \$1"/"select pg_sleep(random()), \$1::int"/' ;;
    register)
        plant Chat.Server/Connections/ConnectionRegistry.cs \
            's/(var isNew = false;)/$1\nvar refused = admission.Revoked.Find(connection.Caller);/'
        plant Chat.Server/Connections/ConnectionRegistry.cs 's/(var refused = .*)/$1\nThread.Sleep(300);/'
        plant Chat.Server/Connections/ConnectionRegistry.cs \
            's/if \(admission\.Revoked\.Find\(connection\.Caller\) is not/if (refused is not/' ;;
    *) echo "there is no fault $fault"; exit 2 ;;
    esac
    dotnet publish "$work/src/Chat.Server" -c Release -o "$work/out" -v quiet --nologo -p:RunAnalyzers=false
    echo "== $fault"
    code=0
    dotnet run --project "$root/Chat.Benchmarks" -c Release --no-build -- revocations --server "$work/out" \
        --rounds "$rounds" --users "$users" --rate "$rate" || code=$?
    # 1: something was late. Whatever else ended the run is no verdict.
    case $code in 0) missed="$missed $fault" ;; 1) ;; *) exit $code ;; esac
done
[ -z "$missed" ] || { echo "not caught:$missed"; exit 1; }
