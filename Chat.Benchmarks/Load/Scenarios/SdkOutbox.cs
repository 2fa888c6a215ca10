using System.Diagnostics;
using Chat.Benchmarks.Load.Clients;
using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Load.Scenarios;

/// <summary>The SDK's promise of sending, under cuts: what was sent is stored once, in call order, and somebody else
/// sees just that.</summary>
internal sealed class SdkOutbox : IScenario
{
    private readonly List<string?> _seen = [];
    private CutProxy? _proxy;
    private ChatClient? _sender;
    private ChatClient? _reader;
    private SendReceipt[] _receipts = [];
    private ConversationId _room;
    private int _answered;

    public string Name => "sdk-outbox";

    public string Summary =>
        "one SDK client sends through a proxy that cuts its connection again and again; a second one reads along";

    public IReadOnlyList<LoadOption> Options =>
    [
        new("messages", "10000", "messages sent"),
        new("cuts", "200", "times the sender's connection is cut"),
        new("window", "32", "messages under way at once"),
        new("size", "200", "characters of a message"),
        new("store", "", "file of the outbox, replaced at the start; empty: in memory"),
    ];

    public async Task PrepareAsync(LoadRun run, CancellationToken ct)
    {
        var file = run.Options.TextOrNull("store");
        if (file is not null) File.Delete(file);
        _proxy = new CutProxy(run.Target.Server);
        var (alice, bob) = (UserId.Parse($"alice-{Guid.NewGuid():N}"), UserId.Parse($"bob-{Guid.NewGuid():N}"));
        _reader = await ChatClient.ConnectAsync(Connection(run.Target.Server, bob), ct);
        _sender = await ChatClient.ConnectAsync(
            Connection(_proxy.Address, alice) with
            {
                Outbox = new OutboxOptions
                {
                    Window = run.Options.Int("window"), Store = file is null ? null : new FileOutboxStore(file)
                },
            },
            ct);
        _room = (await _sender.CreateConversationAsync(new CreateConversation { ParticipantIds = [bob] }, ct)).Id;
    }

    public async Task RunAsync(LoadRun run, CancellationToken ct)
    {
        var (messages, cuts) = (run.Options.Int("messages"), run.Options.Int("cuts"));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var reading = ReadAsync(messages, done.Token);
        var started = Stopwatch.GetTimestamp();
        var sends = Enumerable.Range(0, messages).Select(i => SendAsync(Body(i, run), ct)).ToList();
        for (var cut = 1; cut <= cuts; cut++)
        {
            var due = (int)((long)messages * cut / (cuts + 1));
            while (Volatile.Read(ref _answered) < due || _proxy!.Cut() == 0)
                await run.DelayAsync(TimeSpan.FromMilliseconds(1), ct);
        }
        _receipts = await Task.WhenAll(sends);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        run.Report.Add("seconds", seconds);
        run.Report.Add("messages_per_s", messages / seconds);
        run.Report.Add("cuts", cuts);
        done.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            await reading;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            run.Report.Problem(
                $"the reader saw {_seen.Count} of {messages} messages within 30 s after the last receipt");
        }
    }

    public async Task CompleteAsync(LoadRun run, CancellationToken ct)
    {
        var messages = run.Options.Int("messages");
        var log = await LogAsync(ct);
        var bodies = log.ConvertAll(message => message.Body);
        run.Report.Add("stored", log.Count);
        run.Report.Add("repeated", log.Count - bodies.Distinct().Count());
        run.Report.Add("answered_as_duplicate", _receipts.Count(receipt => receipt.Duplicate));
        Spoil(run.Sabotage);
        if (!bodies.SequenceEqual(Enumerable.Range(0, messages).Select(i => Body(i, run))))
            run.Report.Problem("the log is not what was sent, once and in call order");
        if (!log.Select(message => message.Id).SequenceEqual(_receipts.Select(receipt => receipt.Id)))
            run.Report.Problem("the receipts are not those of the log");
        if (!_seen.SequenceEqual(bodies)) run.Report.Problem("what the second client saw is not the log");
        await _sender!.DisposeAsync();
        await _reader!.DisposeAsync();
        await _proxy!.DisposeAsync();
    }

    private static ChatClientOptions Connection(Uri server, UserId user) => ChatClientOptions.ForServer(server) with
    {
        UserId = user,
        Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromSeconds(1)
        },
    };

    private static string Body(int number, LoadRun run) =>
        $"{number} ".PadRight(Math.Max(12, run.Options.Int("size")), '.');

    private async Task<SendReceipt> SendAsync(string body, CancellationToken ct)
    {
        var receipt = await _sender!.SendAsync(_room, body, ct: ct);
        Interlocked.Increment(ref _answered);
        return receipt;
    }

    private async Task ReadAsync(int messages, CancellationToken ct)
    {
        await foreach (var entry in _reader!.ReadAsync(_room, after: 0, ct))
        {
            if (entry is not MessageEntry message) continue;
            _seen.Add(message.Body);
            if (_seen.Count == messages) return;
        }
    }

    private async Task<List<MessageEntry>> LogAsync(CancellationToken ct)
    {
        var log = new List<MessageEntry>();
        var after = 0L;
        while (true)
        {
            var page = await _reader!.HistoryAsync(_room, new HistoryQuery { After = after, Limit = 500 }, ct);
            log.AddRange(page.Entries.OfType<MessageEntry>());
            if (page.Entries.Count == 0 || (after = page.Entries[^1].Sequence) >= page.Head) return log;
        }
    }

    /// <summary>Plays a fault into what the second client saw, to show that the check finds it.</summary>
    private void Spoil(Sabotage sabotage)
    {
        switch (sabotage)
        {
            case Sabotage.Loss: _seen.RemoveAt(_seen.Count / 2); break;
            case Sabotage.Repeat: _seen.Insert(_seen.Count / 2, _seen[_seen.Count / 2]); break;
            case Sabotage.Order: (_seen[^1], _seen[^2]) = (_seen[^2], _seen[^1]); break;
        }
    }
}
