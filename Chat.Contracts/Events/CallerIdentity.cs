using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>Whom the server takes the caller for.</summary>
/// <param name="UserId">Which user.</param>
/// <param name="Tenant">Of which tenant; <c>default</c> where a deployment has one.</param>
/// <param name="Name">What the token calls the user; null: nothing, and always in open mode.</param>
/// <param name="Roles">What the user is on this deployment, <c>user</c> at least.</param>
/// <param name="ExpiresInSeconds">Whole seconds until the token expires, and the connection ends with it; null: it
/// does not.</param>
public sealed record CallerIdentity(
    UserId UserId, string Tenant, string? Name, IReadOnlyList<string> Roles, long? ExpiresInSeconds);
