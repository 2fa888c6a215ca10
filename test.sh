#!/usr/bin/env bash
# Installs what the tests need and is missing, builds everything with warnings as errors, runs every test once.
# Arguments go to `dotnet test`: ./test.sh --filter FullyQualifiedName~Hosting
# ./test.sh --fast builds and runs only the tests that need nothing but the SDK: no server, process, port, npm or
# browser.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

has() { command -v "$1" >/dev/null 2>&1; }
has_postgres() {
  has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || [ -x "${PG_BIN:-}/initdb" ]
}

if ! has dotnet; then
  echo "test.sh: the .NET 10 SDK is missing: install it (https://dotnet.microsoft.com/download/dotnet/10.0)" \
    "and put dotnet on the PATH" >&2
  exit 1
fi

if [ "${1:-}" = --fast ]; then
  shift
  dotnet build Chat.Tests/Fast -c Release -warnaserror -v quiet --nologo
  exec dotnet test Chat.Tests/Fast -c Release --no-build --nologo "$@"
fi

missing=()
has_postgres || missing+=(postgresql)
has redis-server || missing+=(redis-server)
has pgbouncer || [ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
has nginx || [ -x /usr/sbin/nginx ] || missing+=(nginx-light)
has node || missing+=(nodejs)
has npm || missing+=(npm)
has chromium || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && has apt-get; then
    # The tests start the programs themselves: installing must start no service.
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
      trap 'rm -f "$policy"' EXIT
      printf '#!/bin/sh\nexit 101\n' >"$policy"
      chmod +x "$policy"
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
  else
    echo "test.sh: missing: ${missing[*]}. Install them first; as root on Debian: apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

if [ -f Chat.Tests/node/package.json ]; then
  (cd Chat.Tests/node && npm ci --no-audit --no-fund --loglevel=error)
fi

dotnet build Chat.sln -c Release -warnaserror -v quiet --nologo
dotnet test Chat.sln -c Release --no-build --nologo "$@"
