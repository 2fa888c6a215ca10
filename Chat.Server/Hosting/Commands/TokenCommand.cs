using Chat.Contracts.Errors;
using Chat.Contracts.Rules;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Keys;
using Chat.Server.Keys.Store;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command <c>token</c>: makes a user's token; <c>token check</c> says whose one is, or in words why this
/// server refuses it.</summary>
internal static class TokenCommand
{
    public static readonly string[] Names = ["name", "tenant", "role", "expires"];

    /// <summary>In place of the token: it is read from standard input, so that it stands in no list of
    /// processes.</summary>
    private const string FromInput = "-";

    private static readonly TimeSpan FetchBound = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Life = TimeSpan.FromHours(8);

    /// <summary>Makes a token and prints it.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument is not as it must be.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be used.</exception>
    public static async Task<int> MakeTokenAsync(
        this IServiceProvider services, CommandLine command, TextWriter output, TextWriter errors)
    {
        var named = command.Named;
        var user = UserArgument.Parse(command.Words[0], named["tenant"]);
        if (UserRules.CheckName(named["name"], out var name) is { } violation)
            throw new ConfigurationException(violation.ToText());
        if (CallerRoleNames.Find(named["role"] ?? "user") is not { } role)
            throw new ConfigurationException("--role must be user or moderator");
        var life = named["expires"] is { } text ? Duration.Parse(text) : Life;
        if (life is null) throw new ConfigurationException($"--expires must be {Duration.Form}");
        var (token, _) = await services.GetRequiredService<TokenMaker>().MakeAsync(
            new NewToken(user, name, CallerRoles.User | role, life.Value), KeysCommand.Entry(), default);
        await output.WriteLineAsync(token);
        if (!services.GetRequiredService<ServerMode>().HasTokens)
            await errors.WriteLineAsync(
                $"this server is open and looks at no token: {SettingName.IdentityMode}=Token takes them");
        return 0;
    }

    /// <returns>The exit code: 0 for a token, or a key, that is taken.</returns>
    /// <exception cref="ConfigurationException">The server has no issuers.</exception>
    public static async Task<int> CheckTokenAsync(
        this IServiceProvider services, string given, TextReader input, TextWriter output)
    {
        var text = (given == FromInput ? await input.ReadToEndAsync() : given).Trim();
        if (Credential.IsKey(text)) return await CheckKeyAsync(services, text, output);
        var reading = await ReadAsync(services, text);
        if (reading.Caller is not { } caller)
        {
            await output.WriteLineAsync($"refused ({reading.Code.ToWire()}): the token {reading.Words}");
            return 1;
        }
        var name = caller.Name is { } called ? $", named {called}" : "";
        var roles = caller.Roles == CallerRoles.User ? "" : $", {CallerRoleNames.Of(caller.Roles)[^1]}";
        await output.WriteLineAsync(
            $"taken: user {caller.Id}{name}, tenant {caller.Tenant}{roles}, until {caller.ExpiresAt:u}");
        return 0;
    }

    private static async Task<TokenReading> ReadAsync(IServiceProvider services, string text)
    {
        if (Credential.IsToken(text)) return await services.GetRequiredService<OpaqueTokens>().ReadAsync(text);
        if (services.GetService<TokenReader>() is not { } reader)
            throw new ConfigurationException(
                $"this server is open and takes no tokens: {SettingName.Schemes} names no issuer");
        using var bound = new CancellationTokenSource(FetchBound);
        await services.GetRequiredService<IssuerKeys>().FetchAsync(bound.Token);
        return await reader.ReadAsync(text);
    }

    private static async Task<int> CheckKeyAsync(IServiceProvider services, string text, TextWriter output)
    {
        var (state, row) = await services.GetRequiredService<Credentials<ApiKeyRow>>().FindAsync(text, default);
        await output.WriteLineAsync(row is null
            ? $"refused: {WordsFor(state)}"
            : $"taken: key {row.Id} \"{row.Name}\", tenant {row.Tenant?.Name ?? KeyRules.AllTenants}, scopes "
                + string.Join(',', KeyScopeNames.Of(row.Scopes)));
        return row is null ? 1 : 0;
    }

    private static string WordsFor(CredentialState state) => state switch
    {
        CredentialState.Expired => "the key has expired",
        CredentialState.Revoked => "the key was revoked",
        CredentialState.NotToBeHad => "the database cannot be reached",
        _ => "there is no such key in this deployment",
    };
}
