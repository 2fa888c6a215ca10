namespace Chat.Server.Callers;

/// <summary>Scopes as commands and answers spell them.</summary>
internal static class KeyScopeNames
{
    /// <summary>For refusals: what may be written.</summary>
    public const string Allowed = "app, admin and operator";

    private static readonly (KeyScopes Scope, string Name)[] All =
        [(KeyScopes.App, "app"), (KeyScopes.Admin, "admin"), (KeyScopes.Operator, "operator")];

    public static string NameOf(KeyScopes scope) => Array.Find(All, one => one.Scope == scope).Name;

    public static IReadOnlyList<string> Of(KeyScopes scopes) =>
        [.. All.Where(one => scopes.HasFlag(one.Scope)).Select(one => one.Name)];

    /// <summary>Reads several; false where one of them is none, or there are none.</summary>
    public static bool TryParse(IEnumerable<string> names, out KeyScopes scopes)
    {
        scopes = KeyScopes.None;
        foreach (var name in names)
        {
            var found = Array.Find(All, one => one.Name == name);
            if (found.Name is null) return false;
            scopes |= found.Scope;
        }
        return scopes != KeyScopes.None;
    }
}
