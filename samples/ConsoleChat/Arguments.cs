using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>What the user gave on the command line.</summary>
internal sealed record Arguments(Uri Server, UserId User, string? Token, ConversationId Conversation, string Data)
{
    public const string Usage = """
        usage: ConsoleChat [--server <address>] [--user <name>] [--token <token>] [--conversation <id>]
                           [--data <folder>]
          --server        http://localhost:8080 unless told
          --user          who you are; your name on this machine unless told
          --token         a token of this user, at a server that wants one; or @<file>, which is read for each new one
          --conversation  the lobby unless told
          --data          where unsent messages and your place are kept; a folder of your local application data unless told
        Input that is no terminal is sent line by line; the program ends when all of it is sent.
        It ends with 0; with 1 when a message was refused or the server does not want this client; with 2 when the arguments are wrong.
        """;

    /// <summary>Null when something is wrong; <paramref name="problem"/> says what.</summary>
    public static Arguments? Parse(IReadOnlyList<string> args, out string problem)
    {
        var given = new Dictionary<string, string>
        {
            ["--server"] = "http://localhost:8080", ["--user"] = Environment.UserName,
            ["--token"] = "", ["--conversation"] = ConversationId.Lobby.ToString(), ["--data"] = "",
        };
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!given.ContainsKey(args[i])) return Wrong($"{args[i]} is not an argument", out problem);
            if (i + 1 == args.Count) return Wrong($"{args[i]} needs a value", out problem);
            given[args[i]] = args[i + 1];
        }
        if (!Uri.TryCreate(given["--server"], UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https"))
            return Wrong("--server must be an http or https address", out problem);
        if (!UserId.TryCreate(given["--user"], out var user, out var why)) return Wrong($"--user {why}", out problem);
        if (!ConversationId.TryParse(given["--conversation"], out var conversation))
            return Wrong("--conversation must be an id, as /list shows them", out problem);
        problem = "";
        return new Arguments(server, user, given["--token"] is { Length: > 0 } token ? token : null, conversation,
            given["--data"] is { Length: > 0 } data ? data : DataOf(server, user));
    }

    private static Arguments? Wrong(string what, out string problem)
    {
        problem = what;
        return null;
    }

    /// <summary>The token that there is now; null: there is no other than the one that was given.</summary>
    public async ValueTask<string?> TokenAsync(AccessTokenReason reason, CancellationToken ct)
    {
        if (Token is ['@', .. var file]) return (await File.ReadAllTextAsync(file, ct)).Trim();
        return reason is AccessTokenReason.Start or AccessTokenReason.Expiring ? Token : null;
    }

    // Of one user at one server, so that they can be found.
    private static string DataOf(Uri server, UserId user) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify),
        "ConsoleChat", Uri.EscapeDataString(server.Authority + server.AbsolutePath.TrimEnd('/')),
        Uri.EscapeDataString(user.Value));
}
