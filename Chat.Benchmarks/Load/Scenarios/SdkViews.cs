using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>What an open view of the SDK costs in memory, beyond the entries that it shows.</summary>
internal sealed class SdkViews : IScenario
{
    private readonly PreparedConversation _prepared = new("views");

    public string Name => "sdk-views";

    public string Summary => "memory of open views, beyond the entries themselves";

    public IReadOnlyList<LoadOption> Options =>
    [
        .. PreparedConversation.Options,
        new("messages", "1000", "messages of a view"),
        new("size", "200", "characters of a message"),
        new("views", "20", "views that are open at once, on one conversation, each with entries of its own"),
    ];

    public Task PrepareAsync(LoadRun run, CancellationToken ct) =>
        _prepared.FillAsync(run, run.Options.Int("messages") + 10, ct);

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var (messages, count) = (run.Options.Int("messages"), run.Options.Int("views"));
        await using var client = await _prepared.ConnectAsync(run, options => options, ct);
        var options = new ConversationViewOptions { Messages = messages, MaxMessages = messages };
        await (await client.OpenViewAsync(_prepared.Conversation, options, ct)).DisposeAsync(); // warm
        var views = new List<ConversationView>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < count; i++) views.Add(await client.OpenViewAsync(_prepared.Conversation, options, ct));
        var open = GC.GetTotalMemory(forceFullCollection: true);
        if (views.Exists(view => view.State.Messages.Count < messages))
            run.Report.Problem($"a view has {views.Min(view => view.State.Messages.Count)} messages of {messages}");

        // The same views without their entries: what is left when those are held by nobody but this list is what the
        // entries take.
        var entries = views.Select(view => view.State.Messages.Select(message => message.Entry).ToArray()).ToList();
        foreach (var view in views) await view.DisposeAsync();
        views.Clear();
        views.TrimExcess();
        var alone = GC.GetTotalMemory(forceFullCollection: true) - entries.Sum(ArrayBytes);
        GC.KeepAlive(entries);
        run.Report.Add("view_bytes", (open - before) / (double)count);
        run.Report.Add("entries_bytes_per_view", (alone - before) / (double)count);
        run.Report.Add("bytes_beyond_entries_per_view", (open - alone) / (double)count);
    }

    public Task CompleteAsync(LoadRun run, CancellationToken ct) => Task.CompletedTask;

    private static long ArrayBytes(MessageEntry[] entries) => IntPtr.Size * (entries.Length + 3L);
}
