using Chat.Server.Callers;

namespace Chat.Server.Transports.Http;

/// <summary>On an endpoint: the scope that a key must have for it.</summary>
internal sealed record RequiredScope(KeyScopes Scope);
