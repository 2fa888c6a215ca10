# syntax=docker/dockerfile:1
# The build runs on the machine it is started on; only what it makes is for the target.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src

# The packages first: this layer lasts until a project file changes.
COPY Directory.Build.props Directory.Packages.props Packaging.props ReadyToRun.targets BannedSymbols.txt .editorconfig ./
COPY Chat.Contracts/Chat.Contracts.csproj Chat.Contracts/
COPY Chat.Server/Chat.Server.csproj Chat.Server/
COPY tools/WebPacker/WebPacker.csproj tools/WebPacker/
RUN arch=$([ "$TARGETARCH" = arm64 ] && echo arm64 || echo x64) \
 && dotnet restore Chat.Server -r "linux-$arch" -p:PublishReadyToRun=true

COPY Chat.Contracts Chat.Contracts
COPY Chat.Server Chat.Server
COPY tools/WebPacker tools/WebPacker
RUN arch=$([ "$TARGETARCH" = arm64 ] && echo arm64 || echo x64) \
 && dotnet publish Chat.Server -c Release -r "linux-$arch" --no-restore -o /app \
 && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# Without another database the SQLite file is here: mount a volume to keep it.
COPY --from=build --chown=app:app /data /data
# The image sets ASPNETCORE_HTTP_PORTS; PORT says it here.
ENV ASPNETCORE_HTTP_PORTS= \
    PORT=8080
# A number, not a name: Kubernetes can then see that it is not root (runAsNonRoot).
USER $APP_UID
WORKDIR /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "/app/Chat.Server.dll", "healthcheck"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/Chat.Server.dll"]
