namespace Chat.Server.Callers;

/// <summary>A back end that calls with a key, or an operator with theirs.</summary>
/// <param name="Actor">For the audit: <c>key:</c> and its id, or <c>operator:</c> and a name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Own">Its tenant; null: all of them.</param>
internal sealed record KeyHolder(string Actor, KeyScopes Scopes, Tenant? Own)
{
    /// <summary>The tenant that this request is about: its own, or the one that the request names.</summary>
    public Tenant Tenant { get; init; } = Own ?? default;

    /// <summary>The id of the key; null: it is an operator's.</summary>
    public string? KeyId { get; init; }

    public bool Has(KeyScopes scope) => Scopes.HasFlag(scope);

    /// <summary>Whether what belongs to a tenant, or to all (null), is within its reach.</summary>
    public bool Reaches(Tenant? tenant) => Own is null || Own == tenant;
}
