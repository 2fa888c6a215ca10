using System.Reflection;

namespace Chat.Server.Hosting.Commands;

/// <summary>The command and what is left for the configuration: <c>Chat.Server [command] [--Setting=value
/// …]</c>.</summary>
internal sealed record CommandLine(ServerCommand Command, string[] Rest, string Word)
{
    public const int ExitUsage = 2;

    /// <summary>False where a program made the arguments, as <c>WebApplicationFactory</c> does of all that it was
    /// configured with.</summary>
    public bool IsTyped { get; init; } = true;

    public static CommandLine OfThisProcess(string[] args) =>
        Parse(args) with { IsTyped = args.AsSpan().SequenceEqual(Environment.GetCommandLineArgs().AsSpan(1)) };

    public static CommandLine Parse(string[] args)
    {
        var word = args.Length > 0 ? args[0] : "";
        var command = word switch
        {
            "serve" => ServerCommand.Serve,
            "migrate" => ServerCommand.Migrate,
            "healthcheck" => ServerCommand.HealthCheck,
            "help" or "--help" or "-h" or "-?" => ServerCommand.Help,
            "version" or "--version" => ServerCommand.Version,
            _ when word.Length == 0 || word[0] is '-' or '/' || word.Contains('=') => ServerCommand.Serve,
            _ => ServerCommand.Unknown,
        };
        var isSetting = command == ServerCommand.Serve && word != "serve";
        return new CommandLine(command, isSetting ? args : args.Skip(1).ToArray(), word);
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
            case ServerCommand.Unknown:
                errors.WriteLine($"unknown command '{Word}': allowed are serve, migrate, healthcheck, help, version");
                return ExitUsage;
            case ServerCommand.HealthCheck:
                return null;
            default:
                var problems = IsTyped ? Arguments.FindProblems(Rest).ToArray() : [];
                foreach (var problem in problems) errors.WriteLine(problem);
                return problems.Length > 0 ? ExitUsage : null;
        }
    }
}
