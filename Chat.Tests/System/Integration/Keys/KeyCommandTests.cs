using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Keys;

/// <summary>Keys and tokens from the command line.</summary>
public sealed class KeyCommandTests
{
    [Fact]
    public Task Keys_are_made_listed_and_revoked() => MadeListedAndRevokedAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task Keys_are_made_listed_and_revoked_on_PostgreSQL() => MadeListedAndRevokedAsync(DatabaseKind.Postgres);

    // CH-180
    private static async Task MadeListedAndRevokedAsync(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateAsync(kind);
        var made = await RunAsync(database, 0,
            "keys", "create", "--name", "backend", "--scope=app,admin", "--tenant", "acme", "--expires", "90d");
        var key = made.Split('\n')[0].Trim();
        Assert.Matches("^ck_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", key);
        var id = key[3..19];
        var listed = await RunAsync(database, 0, "keys", "list");
        Assert.Contains($"{id}: \"backend\", tenant acme, scopes app,admin, made ", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key[20..], listed, StringComparison.Ordinal);
        Assert.Equal("", await RunAsync(database, 0, "keys", "list", "--tenant", "default"));
        Assert.StartsWith($"taken: key {id} \"backend\", tenant acme, scopes app,admin",
            await RunAsync(database, 0, "token", "check", key), StringComparison.Ordinal);
        Assert.Contains("revoked ", await RunAsync(database, 0, "keys", "revoke", id), StringComparison.Ordinal);
        Assert.StartsWith("refused: the key was revoked",
            await RunAsync(database, 1, "token", "check", key), StringComparison.Ordinal);
    }

    // CH-184
    [Fact]
    public async Task A_token_is_made_for_a_user_and_checked()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var token = (await RunAsync(database, 0, "token", "ann", "--name", "Ann", "--role", "moderator")).Trim();
        Assert.Matches("^ct_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", token);
        Assert.StartsWith("taken: user ann, named Ann, tenant default, moderator, until ",
            await RunAsync(database, 0, "token", "check", token), StringComparison.Ordinal);
        Assert.StartsWith("refused (token_invalid): the token is none that was made here",
            await RunAsync(database, 1, "token", "check", token[..^1] + (token[^1] == 'A' ? 'E' : 'A')),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "usage: keys create", "keys")]
    [InlineData(2, "usage: keys create", "keys", "make")]
    [InlineData(2, "usage: keys create", "keys", "create", "--name")]
    [InlineData(2, "names is no setting", "keys", "create", "--names", "x")]
    [InlineData(2, "usage: token <user>", "token")]
    [InlineData(2, "usage: token <user>", "token", "check")]
    [InlineData(1, "--name must have", "keys", "create", "--scope", "app")]
    [InlineData(1, "--scope must be", "keys", "create", "--name", "x")]
    [InlineData(1, "--scope operator goes with tenant *", "keys", "create", "--name", "x", "--scope", "operator")]
    [InlineData(1, "--tenant must be", "keys", "create", "--name", "x", "--scope", "app", "--tenant", "A")]
    [InlineData(1, "--expires must be", "keys", "create", "--name", "x", "--scope", "app", "--expires", "soon")]
    [InlineData(1, "there is no key 0123456789abcdef", "keys", "revoke", "0123456789abcdef")]
    [InlineData(1, "--role must be", "token", "ann", "--role", "operator")]
    public async Task An_impossible_command_is_refused_in_one_line(int code, string expected, params string[] args)
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var (_, errors) = await CommandRun.EndAsync(database, code, args);
        Assert.Contains(expected, errors, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(TestDatabase database, int code, params string[] args) =>
        (await CommandRun.EndAsync(database, code, args)).Output;
}
