#!/usr/bin/env bash
# Makes docs/api/*.json from the server, and the clients in samples/ApiClients from them.
# It needs .NET and Node.js, and the registries of both.
set -euo pipefail
cd "$(dirname "$0")/../.."
nswag=14.8.0
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT

if [ "${1:-}" != --clients ]; then # with it: the documents are taken as they are
  CHAT_ACCEPT_API=1 dotnet test Chat.Tests/System --nologo --filter FullyQualifiedName~ApiDocumentTests.The_committed
fi
sum=$(sha256sum docs/api/openapi.json | cut -d' ' -f1)

dotnet tool install NSwag.ConsoleCore --version "$nswag" --tool-path "$tools" > /dev/null
out=samples/ApiClients/csharp/generated/ChatApi.cs
"$tools/nswag" openapi2csclient /input:docs/api/openapi.json /output:"$tools/ChatApi.cs" \
  /namespace:Chat.ApiClient /classname:ChatApi /JsonLibrary:SystemTextJson /UseBaseUrl:false \
  /InjectHttpClient:true /DisposeHttpClient:false /GenerateNullableReferenceTypes:true \
  /GenerateOptionalPropertiesAsNullable:true /GenerateOptionalParameters:true /GenerateClientInterfaces:false \
  /ArrayType:System.Collections.Generic.IReadOnlyList /ArrayBaseType:System.Collections.Generic.List \
  /ArrayInstanceType:System.Collections.Generic.List /InlineNamedAny:true
printf '// From docs/api/openapi.json with the SHA-256 %s.\n' "$sum" > "$out"
# System.Text.Json knows the words of enumerations by an attribute of its own.
tr -d '\r' < "$tools/ChatApi.cs" | sed 's/^\xef\xbb\xbf//; s/[ \t]*$//' \
  | sed 's/Runtime\.\(Serialization\.\)EnumMember(Value = @\("[^"]*"\))/Text.Json.\1JsonStringEnumMemberName(\2)/' \
  >> "$out"

cd samples/ApiClients/typescript
npm ci --no-audit --no-fund
npm run generate
