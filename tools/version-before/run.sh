#!/usr/bin/env bash
# A server and clients of the version before, built from its commit, beside a server of this version on one PostgreSQL:
# tools/version-before/run.sh [commit]. Says what it saw, line by line; ends with 1 where a promise was broken.
#
# It needs the history of the repository, node and PostgreSQL. What it builds stays in a folder of the commit's name
# below $TMPDIR (/tmp), so that another run takes seconds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# The last commit whose servers have level 2: before messages could be changed.
commit=$(git -C "$root" rev-parse --verify "${1:-02c93ced}^{commit}")
folder=${TMPDIR:-/tmp}/chat-version-before-$commit

if [ ! -e "$folder/built" ]; then
  rm -rf "$folder"
  mkdir -p "$folder/source"
  git -C "$root" archive "$commit" | tar -x -C "$folder/source"
  mkdir -p "$folder/source/tools/version-before"
  cp -r "$root/tools/version-before/Reader" "$folder/source/tools/version-before/"
  rm -rf "$folder"/source/tools/version-before/Reader/{bin,obj}
  dotnet publish "$folder/source/Chat.Server" -c Release -o "$folder/server" -p:RunAnalyzers=false -v quiet --nologo
  dotnet publish "$folder/source/tools/version-before/Reader" -c Release -o "$folder/reader" -p:RunAnalyzers=false \
    -v quiet --nologo
  (cd "$folder/source/Chat.Tests/node" && npm ci --no-audit --no-fund --loglevel=error)
  touch "$folder/built"
fi

exec dotnet run -c Release --project "$root/Chat.Benchmarks" -- beside --before "$folder"
