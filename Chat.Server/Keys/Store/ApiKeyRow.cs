using Chat.Server.Callers;

namespace Chat.Server.Keys.Store;

/// <summary>A key of a back end.</summary>
internal sealed class ApiKeyRow : CredentialRow
{
    public const int NameLength = 100;

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Whose users it is for; null: those of all tenants.</summary>
    public required Tenant? Tenant { get; init; }

    public required KeyScopes Scopes { get; init; }

    public KeyHolder Holder => new($"key:{Id}", Scopes, Tenant) { KeyId = Id };
}
