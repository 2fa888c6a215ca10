using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Keys.Store;

namespace Chat.Server.Keys;

/// <summary>What a new key must be.</summary>
internal static class KeyRules
{
    /// <summary>In place of a tenant: all of them.</summary>
    public const string AllTenants = "*";

    /// <returns>Null, or what is wrong; it begins with the field's name.</returns>
    public static string? FindProblem(NewKey wanted) =>
        wanted.Name.Trim().Length is 0 or > ApiKeyRow.NameLength
            || wanted.Name.Any(char.IsControl) || NameRules.FindProblem(wanted.Name) is not null
                ? $"name must have 1 to {ApiKeyRow.NameLength} visible characters"
        : wanted.Scopes == KeyScopes.None ? $"scope must be some of {KeyScopeNames.Allowed}"
        : wanted.Scopes.HasFlag(KeyScopes.Operator) && wanted.Tenant is not null
            ? $"scope operator goes with tenant {AllTenants} only: background tasks and metrics are of all tenants"
        : null;
}
