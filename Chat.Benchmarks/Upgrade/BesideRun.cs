using Chat.Benchmarks.Load;
using Chat.Benchmarks.Queue;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Npgsql;
using ServerProcess = Chat.Tests.Fixtures.Servers.ServerProcess;

namespace Chat.Benchmarks.Upgrade;

/// <summary>CH-228, with a real build of the version before: side by side messages are sent both ways, and nothing of
/// the new kinds is stored; the first one of them drains the older server; older clients read a log that has
/// them.</summary>
internal sealed class BesideRun(LoadOptions options, LoadReport report, TimeProvider time) : IAsyncDisposable
{
    private const int Messages = 20;

    private const string Secret = "the secret";

    private readonly List<IAsyncDisposable> _open = [];
    private string _before = "";
    private ConversationId _conversation;

    public async Task RunAsync()
    {
        _before = options.TextOrNull("before") ?? throw new UsageException("--before is required");
        await using var postgres = await PostgresServer.StartNewAsync();
        var database = await postgres.CreateDatabaseAsync(migrated: false);
        await using var older = await StartAsync(Path.Combine(_before, "server"), database);
        await using (var maker = await ConnectAsync(older.Url))
            _conversation = (await maker.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds = [.. new[] { "ann", "net-old", "net-new", "js-old", "js-new", "net-late", "js-late" }
                    .Select(UserId.Parse)],
            })).Id;
        await using var newer = await StartAsync(options.TextOrNull("server"), database);
        foreach (var server in (ServerProcess[])[older, newer]) await Waiting.UntilReadyAsync(server.Url, time);
        await using (this)
        {
            await using var onOlder = await ConnectAsync(older.Url);
            await using var onNewer = await ConnectAsync(newer.Url);
            List<OlderReader> there = [DotNet("net-old", older.Url), JavaScript("js-old", older.Url)],
                here = [DotNet("net-new", newer.Url), JavaScript("js-new", newer.Url)];
            var head = await SideBySideAsync(onOlder, onNewer, [.. there, .. here]);
            await CutOffAsync(older, database, onNewer, head);
            await AgainAsync(database);
            await ReadNewKindsAsync(newer, onNewer, here);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in _open) await one.DisposeAsync();
    }

    /// <summary>Sends messages in both directions and returns the last sequence.</summary>
    private async Task<long> SideBySideAsync(
        ChatHubConnection onOlder, ChatHubConnection onNewer, List<OlderReader> readers)
    {
        long head = 0;
        for (var i = 0; i < Messages; i++)
            head = (await (i % 2 == 0 ? onOlder : onNewer).SendAsync(_conversation, $"message {i}")).Sequence;
        // What the version before shows like any other message.
        head = (await onNewer.SendAsync(_conversation, "an answer", new()
        {
            ReplyTo = 2, Mentions = new() { Users = [UserId.Parse("ann")] },
        })).Sequence;
        foreach (var (name, change) in Changes(onNewer, 2)) await RefusedAsync(name, change);
        await ReachedAsync(readers, head);
        if ((await onNewer.HistoryAsync(_conversation)).Head is var stored && stored != head)
            report.Problem($"{stored} entries are stored, {head} were acknowledged");
        Say($"side by side: {head} entries stored by both, shown by the older clients of both; all new kinds refused");
        return head;
    }

    /// <summary>The older server loses its sessions for a moment: the first new entry is stored, and drains
    /// it.</summary>
    private async Task CutOffAsync(ServerProcess older, string database, ChatHubConnection onNewer, long head)
    {
        await older.SignalAsync("STOP");
        await Waiting.UntilAsync(async () =>
        {
            await EndOlderSessionsAsync(database);
            try
            {
                return (await onNewer.EditMessageAsync(_conversation, head, new() { Body = "edited" })).Sequence > head;
            }
            catch (ChatRefusedException e) when (e.Code == ChatErrorCode.InternalError)
            {
                return false; // a session ends a moment after it was told to
            }
        }, time);
        await older.SignalAsync("CONT");
        var began = time.GetTimestamp();
        await Waiting.UntilAsync(() => IsTooOldAsync(older.Url), time);
        report.Add("drains_after_s", time.GetElapsedTime(began).TotalSeconds);
        Say($"the older server drains {time.GetElapsedTime(began).TotalSeconds:0.0} s after it goes on");
    }

    /// <summary>An older server that starts after the first new entry is not ready.</summary>
    private async Task AgainAsync(string database)
    {
        await using var older = await StartAsync(Path.Combine(_before, "server"), database);
        if (!await IsTooOldAsync(older.Url)) report.Problem("an older server that starts later is ready");
        try
        {
            await using var client = await ConnectAsync(older.Url);
            await client.SendAsync(_conversation, "too late");
            report.Problem("an older server that starts later stores a message");
        }
        catch (ChatException)
        {
            Say("an older server that starts later refuses everybody");
        }
    }

    /// <summary>Older clients of the newer server, live and from the beginning.</summary>
    private async Task ReadNewKindsAsync(ServerProcess newer, ChatHubConnection onNewer, List<OlderReader> live)
    {
        var target = (await onNewer.SendAsync(_conversation, Secret)).Sequence;
        await ReachedAsync(live, target);
        foreach (var (_, change) in Changes(onNewer, target)) await change();
        await live[0].SendAsync("sent by an older client");
        await Waiting.UntilAsync(() => Task.FromResult(live[0].Sent > 0), time);
        var head = (await onNewer.SendAsync(_conversation, "after all of it")).Sequence;
        await ReachedAsync(live, head);
        List<OlderReader> late = [DotNet("net-late", newer.Url), JavaScript("js-late", newer.Url)];
        await ReachedAsync(late, head);
        foreach (var reader in late.Where(reader => reader.Shown.Values.Any(text => text.Contains(Secret))))
            report.Problem($"{reader.Name} was shown what was deleted");
        foreach (var reader in (OlderReader[])[live[0], late[0]])
            await Waiting.UntilAsync(() => Task.FromResult(reader.View.Contains("after all of it")), time);
        foreach (var reader in (List<OlderReader>)[.. live, .. late])
        {
            var entries = reader.Shown.Skip((int)target - 1).Select(one => one.Value);
            Say($"{reader.Name} reads {string.Join(", ", entries)}");
        }
    }

    /// <summary>One of each kind that the version before does not know, or keeps what is deleted of.</summary>
    private IEnumerable<(string Name, Func<Task> Do)> Changes(ChatHubConnection hub, long target) =>
    [
        ("edit", () => hub.EditMessageAsync(_conversation, target, new() { Body = "edited" })),
        ("reaction", () => hub.SetReactionsAsync(_conversation, target, ["👍"])),
        ("pin", () => hub.SetPinnedAsync(_conversation, target)),
        ("reply", () => hub.SendAsync(_conversation, "a reply", new() { Thread = target })),
        ("unpin", () => hub.SetPinnedAsync(_conversation, target, isPinned: false)),
        ("deletion", () => hub.DeleteMessageAsync(_conversation, target)),
    ];

    private async Task RefusedAsync(string name, Func<Task> change)
    {
        try
        {
            await change();
            report.Problem($"beside an older server, {name} is stored");
        }
        catch (ChatRefusedException e) when (e.Code == ChatErrorCode.InternalError) { }
        catch (ChatRefusedException e)
        {
            report.Problem($"beside an older server, {name} is refused with {e.Error}");
        }
    }

    private async Task ReachedAsync(List<OlderReader> readers, long head)
    {
        foreach (var reader in readers)
        {
            await Waiting.UntilAsync(() => Task.FromResult(reader.HasReached(head)), time);
            if (reader.Problem(head) is { } problem) report.Problem(problem);
        }
    }

    private OlderReader DotNet(string name, Uri server) =>
        Opened(OlderReader.StartDotNet(_before, name, server, $"{_conversation}"));

    private OlderReader JavaScript(string name, Uri server) =>
        Opened(OlderReader.StartJavaScript(_before, name, server, $"{_conversation}"));

    private OlderReader Opened(OlderReader reader)
    {
        _open.Add(reader);
        return reader;
    }

    /// <summary>Whether the server says that it is below the level that the deployment requires.</summary>
    private static async Task<bool> IsTooOldAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.GetAsync("/health/ready");
        return !answer.IsSuccessStatusCode
            && (await answer.Content.ReadAsStringAsync()).Contains("requires level", StringComparison.Ordinal);
    }

    /// <summary>Servers of this version say their level in the name of their sessions.</summary>
    private static async Task EndOlderSessionsAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and application_name ~ '^chat [^ ]+$'
            """, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Task<ChatHubConnection> ConnectAsync(Uri server) => ServerSite.ConnectAsync(server, "ann");

    private static Task<ServerProcess> StartAsync(string? folder, string database) =>
        ServerProcess.ServeAtAsync("http://127.0.0.1:0", folder, [("ConnectionStrings__Chat", database)]);

    private static void Say(string what) => Console.WriteLine(what);
}
