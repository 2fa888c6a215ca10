using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Starting;

/// <summary>The command <c>start</c>.</summary>
internal static class StartCommand
{
    private static readonly LoadOption[] Options =
    [
        new("server", "", "folder of a published server: dotnet publish Chat.Server -c Release -r linux-x64 -o DIR"),
        new("before", "", "folder of another one, which is started in turns with it"),
        new("starts", "11", "of each server with each database"),
    ];

    /// <returns>0; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync("start", args,
        "How long a published server takes from the start of its process to its first answer (/health), and to the\n"
            + "first message that is stored: on a new SQLite file, on the same one once more, on PostgreSQL. Medians,\n"
            + "in milliseconds; and how many methods are compiled until then.",
        Options, (options, report) => new StartRun(options, report).RunAsync());
}
