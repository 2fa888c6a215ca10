using System.Net;
using System.Text.Json.Nodes;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Identity;

/// <summary>Modes and tokens as an operator meets them: starts that are refused, commands, logs.</summary>
public sealed class TokenProcessTests
{
    private readonly TestTokens _tokens = new();

    private (string Name, string Value)[] Settings =>
        [.. _tokens.Settings.Select(setting => (setting.Name.Replace(":", "__"), setting.Value))];

    // CH-166
    [Theory]
    [InlineData("http://*:0", "others can reach, http://*:0")]
    [InlineData("http://0.0.0.0:0", "others can reach, http://0.0.0.0:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0", "others can reach, http://[::]:0")]
    public async Task A_mode_must_be_chosen_for_addresses_that_others_can_reach(string url, string expected)
    {
        await using var server = ServerProcess.Run([$"--urls={url}"]);
        Assert.Equal(1, await server.ExitAsync());
        Assert.Contains(expected, server.Errors, StringComparison.Ordinal);
        Assert.Single(server.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Chat:Identity:Mode=Open", server.Errors, StringComparison.Ordinal);
        Assert.Contains("Authentication:Schemes", server.Errors, StringComparison.Ordinal);
    }

    // CH-166
    [Fact]
    public async Task A_mode_must_be_chosen_in_a_container_and_Open_is_one()
    {
        await using var unchosen = ServerProcess.Run(
            ["--urls=http://127.0.0.1:0"], ("DOTNET_RUNNING_IN_CONTAINER", "true"));
        Assert.Equal(1, await unchosen.ExitAsync());
        Assert.Contains("must be chosen in a container", unchosen.Errors, StringComparison.Ordinal);
        await using var open = await ServerProcess.ServeAtAsync("http://*:0", null,
            ("DOTNET_RUNNING_IN_CONTAINER", "true"), ("Chat__Identity__Mode", "Open"));
        Assert.Contains("OPEN MODE", open.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_check_says_whose_a_token_is_or_in_words_why_it_is_refused()
    {
        await AnswersAsync(0, "taken: user ann, named Ann, tenant default, until ",
            _tokens.Of("ann", change: claims => claims["name"] = "Ann"));
        await AnswersAsync(1, "refused (token_expired): the token has expired: it ended at ",
            _tokens.Of("ann", TimeSpan.FromSeconds(-5)));
        foreach (var (change, words) in ((Action<JsonObject>, string)[])[
            (claims => claims["aud"] = "x",
                "is for another audience, \"x\" (aud); Bearer takes \"http://localhost:8080\""),
            (claims => claims["iss"] = "x",
                "is from an issuer that is not known here, \"x\" (iss); known are dotnet-user-jwts"),
            (claims => claims.Remove("exp"), "has no end (exp)"),
            (claims => claims.Remove("sub"), "names no user (sub)"),
            (claims => claims["exp"] = claims["iat"]!.GetValue<long>() + 90_000,
                "lives longer than Chat:Identity:MaxLifetimeMinutes (1440) allows (exp)")])
            await AnswersAsync(1, $"refused (token_invalid): the token {words}", _tokens.Of("ann", change: change));
        await AnswersAsync(1, "refused (token_invalid): the token has a signature that is not Bearer's",
            new TestTokens().Of("ann"));
        await AnswersAsync(1, "refused (token_invalid): the token is no signed JSON Web Token", "ann");
    }

    // CH-160
    [Fact]
    public async Task A_token_in_an_address_is_in_no_log()
    {
        await using var server = await ServerProcess.ServeAsync([.. Settings,
            ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Microsoft", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace")]);
        var token = _tokens.Of("ann");
        await using (var raw = await RawClient.OpenAsync(server.Url, $"features=auth&access_token={token}"))
            Assert.Equal("ann", (await raw.NextAsync()).GetProperty("user_id").GetString());
        using var http = new HttpClient { BaseAddress = server.Url };
        using var hub = await http.GetAsync($"/hubs/chat?access_token={token}&x=1");
        using var refused = await http.GetAsync($"/api/v1/me?access_token={token}");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await server.TerminateAsync();
        Assert.Equal(0, await server.ExitAsync());
        Assert.Contains("/api/v1/chat/ws?features=auth", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[2], server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("access_token=", server.Output, StringComparison.Ordinal);
    }

    private async Task AnswersAsync(int exit, string start, string token)
    {
        await using var server = ServerProcess.Run(["token", "check", token], Settings);
        Assert.Equal(exit, await server.ExitAsync());
        Assert.StartsWith(start, server.Output.Split('\n')[^1], StringComparison.Ordinal);
    }
}
