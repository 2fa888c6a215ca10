using Chat.Server.Callers;

namespace Chat.Server.Keys;

/// <summary>What a new key is to be.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">Whose users it is for; null: those of all tenants.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Life">How long; null: until it is revoked.</param>
internal sealed record NewKey(string Name, Tenant? Tenant, KeyScopes Scopes, TimeSpan? Life);
