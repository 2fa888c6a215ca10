using System.Reflection;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command and what is left for the configuration: <c>Chat.Server [command] [--Setting=value
/// …]</c>.</summary>
internal sealed record CommandLine(ServerCommand Command, string[] Rest, string Word)
{
    public const int ExitUsage = 2;

    private const string ModeUsage = "usage: mode, to see the deployment's mode; mode open, to take its tokens away";

    private const string KeysUsage =
        "usage: keys create --name <name> --scope app|admin|operator[,…] [--tenant <tenant>|*] [--expires 90d]; "
        + "keys list [--tenant <tenant>]; keys revoke <id>";

    private const string UsersUsage = "usage: users erase <user> [--tenant <tenant>]; users erasure <id>";

    private const string WebhooksUsage =
        "usage: webhooks list; webhooks enable <name>; "
        + "webhooks replay <name> --from <time>|beginning|now [--conversation <id>]";

    private const string TokenUsage =
        "usage: token <user> [--name <name>] [--tenant <tenant>] [--role moderator] [--expires 8h]; "
        + "token check <token>, or token check - to read it from standard input";

    private const string ExportUsage =
        "usage: export [--output <file>] [--tenant <tenant>] [--conversation <id>[,…]]; without --output to standard "
        + "output";

    private const string ImportUsage = "usage: import <file>, or import - to read from standard input";

    /// <summary>What stands between the command and its settings, for commands that take words.</summary>
    public string[] Words { get; init; } = [];

    /// <summary>What stands beside the words, for commands that take such.</summary>
    public NamedArguments Named { get; init; } = new([], []);

    /// <summary>Its answer is for programs too: what is logged goes to standard error.</summary>
    public bool AnswersPrograms => Command is ServerCommand.Token or ServerCommand.Keys or ServerCommand.Export
        or ServerCommand.Import or ServerCommand.Users or ServerCommand.Webhooks;

    /// <summary>False where a program made the arguments, as <c>WebApplicationFactory</c> does of all that it was
    /// configured with.</summary>
    public bool IsTyped { get; init; } = true;

    /// <summary>What is wrong with the words and what stands beside them; null: nothing.</summary>
    private string? Misuse => Command switch
    {
        ServerCommand.Unknown =>
            $"unknown command '{Word}': allowed are serve, migrate, rebuild, export, import, mode, token, "
                + "keys, users, webhooks, healthcheck, help, version",
        ServerCommand.Mode when Words is not ([] or ["open"]) => ModeUsage,
        ServerCommand.Token when Words is not (["check", _] or [not "check"]) || Named.Missing is not null =>
            TokenUsage,
        ServerCommand.Keys when Words is not (["create"] or ["list"] or ["revoke", _]) || Named.Missing is not null =>
            KeysUsage,
        ServerCommand.Export when Words.Length > 0 || Named.Missing is not null => ExportUsage,
        ServerCommand.Import when Words.Length != 1 => ImportUsage,
        ServerCommand.Users when Words is not (["erase", _] or ["erasure", _]) || Named.Missing is not null =>
            UsersUsage,
        ServerCommand.Webhooks when Words is not (["list"] or ["enable", _] or ["replay", _])
            || Named.Missing is not null || (Words is ["replay", _]) != (Named["from"] is not null) => WebhooksUsage,
        _ => null,
    };

    public static CommandLine OfThisProcess(string[] args) =>
        Parse(args) with { IsTyped = args.AsSpan().SequenceEqual(Environment.GetCommandLineArgs().AsSpan(1)) };

    public static CommandLine Parse(string[] args)
    {
        var word = args.Length > 0 ? args[0] : "";
        var command = word switch
        {
            "serve" => ServerCommand.Serve,
            "migrate" => ServerCommand.Migrate,
            "rebuild" => ServerCommand.Rebuild,
            "healthcheck" => ServerCommand.HealthCheck,
            "mode" => ServerCommand.Mode,
            "token" => ServerCommand.Token,
            "keys" => ServerCommand.Keys,
            "export" => ServerCommand.Export,
            "import" => ServerCommand.Import,
            "users" => ServerCommand.Users,
            "webhooks" => ServerCommand.Webhooks,
            "help" or "--help" or "-h" or "-?" => ServerCommand.Help,
            "version" or "--version" => ServerCommand.Version,
            _ when word.Length == 0 || word[0] is '-' or '/' || word.Contains('=') => ServerCommand.Serve,
            _ => ServerCommand.Unknown,
        };
        var isSetting = command == ServerCommand.Serve && word != "serve";
        string[] rest = isSetting ? args : args[1..];
        if (args.Length == 0) rest = [];
        var named = new NamedArguments(rest, command switch
        {
            ServerCommand.Token => TokenCommand.Names,
            ServerCommand.Keys => KeysCommand.Names,
            ServerCommand.Export => TransferCommand.Names,
            ServerCommand.Users => UsersCommand.Names,
            ServerCommand.Webhooks => WebhooksCommand.Names,
            _ => [],
        });
        var line = new CommandLine(command, named.Rest, word) { Named = named };
        if (command != ServerCommand.Mode && !line.AnswersPrograms) return line; // it takes no words
        string[] words = [
            .. line.Rest.TakeWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal) && !arg.Contains('='))];
        return line with { Words = words, Rest = line.Rest[words.Length..] };
    }

    /// <summary>Answers the commands that need no server, and arguments that no command can use.</summary>
    /// <returns>The exit code; null when a server is needed.</returns>
    public int? Answer(TextWriter output, TextWriter errors)
    {
        switch (Command)
        {
            case ServerCommand.Help:
                output.Write(HelpText.Text);
                return 0;
            case ServerCommand.Version:
                output.WriteLine(
                    typeof(CommandLine).Assembly.GetCustomAttribute<
                        AssemblyInformationalVersionAttribute>()?.InformationalVersion);
                return 0;
            case ServerCommand.HealthCheck:
                return null;
            default:
                string[] problems = Misuse is { } misuse ? [misuse]
                    : IsTyped ? [.. Arguments.FindProblems(Rest)]
                    : [];
                foreach (var problem in problems) errors.WriteLine(problem);
                return problems.Length > 0 ? ExitUsage : null;
        }
    }
}
