using Chat.Contracts.Errors;
using Chat.Server.Configuration;
using Chat.Server.Identity.Tokens;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command <c>token check</c>: says whose a token is, or in words why this server refuses it.</summary>
internal static class TokenCommand
{
    /// <summary>In place of the token: it is read from standard input, so that it stands in no list of
    /// processes.</summary>
    private const string FromInput = "-";

    private static readonly TimeSpan FetchBound = TimeSpan.FromSeconds(10);

    /// <returns>The exit code: 0 for a token that is taken.</returns>
    /// <exception cref="ConfigurationException">The server has no issuers.</exception>
    public static async Task<int> CheckTokenAsync(
        this IServiceProvider services, string given, TextReader input, TextWriter output)
    {
        if (services.GetService<TokenReader>() is not { } reader)
            throw new ConfigurationException(
                $"this server is open and takes no tokens: {SettingName.Schemes} names no issuer");
        var token = given == FromInput ? await input.ReadToEndAsync() : given;
        using var bound = new CancellationTokenSource(FetchBound);
        await services.GetRequiredService<IssuerKeys>().FetchAsync(bound.Token);
        var reading = await reader.ReadAsync(token.Trim());
        if (reading.Caller is not { } caller)
        {
            await output.WriteLineAsync($"refused ({reading.Code.ToWire()}): "
                + $"the token {reading.Words}");
            return 1;
        }
        var named = caller.Name is { } name ? $", named {name}" : "";
        await output.WriteLineAsync(
            $"taken: user {caller.Id}{named}, tenant {caller.Tenant}, until {caller.ExpiresAt:u}");
        return 0;
    }
}
