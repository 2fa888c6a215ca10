using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Chaos;

/// <summary>The command <c>chaos</c>.</summary>
internal static class ChaosCommand
{
    private static readonly LoadOption[] Options =
    [
        new("seed", "1", "decides which faults come, and when"),
        new("minutes", "5", "how long faults are played; the messages are spread over it"),
        new("instances", "3", "server processes"),
        new("messages", "100000", "messages of all senders together"),
        new("senders", "24", "a third each raw and hub, the rest over REST, some of them in the room"),
        new("readers", "24", "two fifths each raw and hub; the others are plain sockets and polls of the room"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
        new("level", "2", "seconds after the last fault within which all must be level"),
        new("stop", "12", "seconds within which an instance must end that got SIGTERM: ShutdownSeconds and a little"),
        new("sabotage", "none", "loss, repeat or order: plays that fault into one reader; the run must then fail"),
        new("logs", "", "folder to write what the instances printed to"),
    ];

    /// <returns>0 when all promises were kept, 1 when one was not, 2 when the command line cannot be used.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Any(a => a is "--help" or "-h"))
        {
            WriteHelp(Console.Out);
            return 0;
        }
        try
        {
            return await new ChaosRun(LoadOptions.Parse(args, Options), TimeProvider.System).RunAsync(Console.Out,
                Console.Error);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }

    private static void WriteHelp(TextWriter output)
    {
        output.WriteLine("chaos [--option value ...]");
        output.WriteLine(
            "Starts PostgreSQL, Redis and several servers, kills, stops, pauses and cuts them while clients send and "
                + "read, and proves that nothing was lost,");
        output.WriteLine(
            "repeated, out of order, or shown to one who is not a member. Needs initdb, pg_ctl and redis-server. Exit "
                + "code 1: something was, or was not level in time.");
        foreach (var option in Options)
            output.WriteLine(
                $"  {"--" + option.Name,-16} "
                    + $"{option.Meaning}{(option.Default.Length > 0 ? $" ({option.Default})" : "")}");
    }
}
