using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Embed;

/// <summary>The command <c>embed</c>.</summary>
internal static class EmbedCommand
{
    private static readonly LoadOption[] Options = [new("starts", "21", "of each application, in turns")];

    /// <returns>0; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.ReportAsync("embed", args,
        "What a chat adds to the start of an application: `dotnet new web` published as it is and with the packed\n"
            + "package in it, from the start of the process to the first answer on /. Medians, in milliseconds.",
        Options, (options, report) => EmbedRun.RunAsync(options.Int("starts"), report));
}
