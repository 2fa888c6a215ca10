using Chat.Benchmarks.Load;

namespace Chat.Benchmarks.Queue;

/// <summary>The command <c>notices</c>.</summary>
internal static class NoticesCommand
{
    private static readonly LoadOption[] Options =
    [
        new("conversations", "6000", "each gets one message, for one participant who is away"),
        new("rounds", "3", "of that, the first to warm up"),
        new("gather", "2", "Chat:Notifications:GatherSeconds"),
        new("server", "", "folder of a published server, instead of the one built with this program"),
    ];

    /// <returns>0; 1 when a notice is missing or came twice; 2 when the command line cannot be used.</returns>
    public static Task<int> RunAsync(string[] args) => BenchCommand.RunAsync(
        args, "notices [--option value ...]\nA server on PostgreSQL that posts notices to this program. How many a "
            + "second.",
        Options, async options =>
        {
            await using var receiver = await NoticeReceiver.StartAsync(TimeProvider.System);
            await using var site = await ServerSite.StartAsync(options.TextOrNull("server"),
                ("Chat__Notifications__Endpoints", receiver.Address),
                ("Chat__Notifications__Secret", "a secret of the benchmark"),
                ("Chat__Notifications__GatherSeconds", options.Text("gather")));
            var result = await new NoticesRun(site, receiver, options, TimeProvider.System).RunAsync();
            Console.WriteLine(result.ToJsonString());
            return (int?)result["repeated"] == 0 ? 0 : 1;
        });
}
