using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Floods;

/// <summary>The command <c>floods</c>.</summary>
internal static class FloodsCommand
{
    private static readonly LoadOption[] Options =
    [
        new("seconds", "600", "how long the floods run; with --each, each of them"),
        new("rest", "30", "seconds before the floods, and after them until the server is looked at again"),
        new("each", "no", "yes: one after the other, each from a rest, instead of all at once"),
        new("only", "", "names of floods with commas, instead of all"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
        new("settings", "", "more settings of the server, name=value with semicolons: Chat:Memory:AnswerBytes=8388608"),
        new("postgres", "", "connection string of an empty PostgreSQL database, instead of a SQLite file"),
        new("messages", "400", "messages of 64 KiB in the log that floods ask for"),
        new("conversations", "64", "conversations that get large messages"),
        new("above", "200", "MiB above idle that the server may have at most, with --each"),
        new("growth", "50", "MiB that it may have more in the second half than in the first, without --each"),
        new("back", "50", "MiB above idle that it may have a rest after the end"),
        new("slower", "5", "times its quiet p95 that a bystander's may be; 0: any, where the machine is not quiet"),
    ];

    /// <returns>0 when the server stayed within all bounds, 1 when not, 2 when the command line cannot be
    /// used.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h"))
        {
            WriteHelp(Console.Out);
            return 0;
        }
        try
        {
            return await new FloodsRun(LoadOptions.Parse(args, Options), TimeProvider.System).RunAsync(Console.Out);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static void WriteHelp(TextWriter output)
    {
        output.WriteLine("floods [--option value ...]");
        output.WriteLine(
            "Starts a server of its own on this machine, floods it, and looks at its memory and at how a bystander is "
                + "served meanwhile.");
        foreach (var flood in FloodKinds.All)
            output.WriteLine($"  {flood.Name,-16} {flood.Connections} x {flood.Meaning}");
        foreach (var option in Options)
            output.WriteLine(
                $"  {"--" + option.Name,-16} "
                    + $"{option.Meaning}{(option.Default.Length > 0 ? $" ({option.Default})" : "")}");
    }
}
