using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Keys;
using Chat.Server.Keys.Store;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command <c>keys</c>: makes, lists and revokes keys of back ends.</summary>
internal static class KeysCommand
{
    public static readonly string[] Names = ["name", "tenant", "scope", "expires"];

    // One who may start the program with this database.
    private const string Actor = "operator:command line";

    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument is not as it must be.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be used.</exception>
    public static Task<int> KeysAsync(this IServiceProvider services, CommandLine command, TextWriter output) =>
        command.Words switch
        {
            ["create"] => CreateAsync(services, command.Named, output),
            ["revoke", var id] => RevokeAsync(services, id, output),
            _ => ListAsync(services, command.Named, output),
        };

    private static async Task<int> CreateAsync(IServiceProvider services, NamedArguments named, TextWriter output)
    {
        var wanted = new NewKey(named["name"] ?? "", TenantOf(named["tenant"]), ScopesOf(named["scope"]),
            LifeOf(named["expires"]));
        if (KeyRules.FindProblem(wanted) is { } problem) throw new ConfigurationException($"--{problem}");
        var (key, row) = await services.GetRequiredService<KeyMaker>().MakeAsync(wanted, Entry(), default);
        await output.WriteLineAsync(key);
        await output.WriteLineAsync(
            $"It is shown this once. {Describe(row, services.GetRequiredService<TimeProvider>().GetUtcNow())}");
        return 0;
    }

    private static async Task<int> ListAsync(IServiceProvider services, NamedArguments named, TextWriter output)
    {
        var tenant = named["tenant"] is { } name ? TenantOf(name) : null;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var row in await services.GetRequiredService<CredentialStore>().ListKeysAsync(tenant, default))
            await output.WriteLineAsync(Describe(row, now));
        return 0;
    }

    private static async Task<int> RevokeAsync(IServiceProvider services, string given, TextWriter output)
    {
        var id = Credential.IsKey(given) ? given[Credential.Key.Length..].Split('_')[0] : given;
        var revoked = await services.GetRequiredService<Credentials<ApiKeyRow>>().RevokeAsync(id, _ => true,
            Entry() with { Act = "key.revoke", Target = id }, default);
        if (revoked is null) throw new ConfigurationException($"there is no key {id}; keys list shows them");
        await output.WriteLineAsync(Describe(revoked, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        return 0;
    }

    /// <summary>For the audit; the act and the target are added.</summary>
    public static AuditEntry Entry() => new(null, Actor, "", "");

    private static string Describe(ApiKeyRow row, DateTimeOffset now) =>
        $"{row.Id}: \"{row.Name}\", tenant {row.Tenant?.Name ?? KeyRules.AllTenants}, "
        + $"scopes {string.Join(',', KeyScopeNames.Of(row.Scopes))}, made {row.CreatedAt:u}, "
        + (row.RevokedAt is { } revoked ? $"revoked {revoked:u}"
            : row.ExpiresAt is not { } end ? "until it is revoked"
            : end <= now ? $"expired {end:u}"
            : $"until {end:u}");

    private static Tenant? TenantOf(string? text) =>
        text == KeyRules.AllTenants ? null
        : Tenant.TryCreate(text ?? Tenant.DefaultName, out var tenant) ? tenant
        : throw new ConfigurationException(
            $"--tenant must be {KeyRules.AllTenants} or {Tenant.Rule}");

    private static KeyScopes ScopesOf(string? text) =>
        KeyScopeNames.TryParse((text ?? "").Split(',', StringSplitOptions.TrimEntries), out var scopes)
            ? scopes
            : throw new ConfigurationException($"--scope must be some of {KeyScopeNames.Allowed}, separated by commas");

    private static TimeSpan? LifeOf(string? text) =>
        text is null ? null
        : Duration.Parse(text) ?? throw new ConfigurationException($"--expires must be {Duration.Form}");
}
