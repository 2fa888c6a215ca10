using System.Diagnostics;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>One random life of a client that reads: what happens, and in which order, follows from the seed; how
/// threads interleave does not.</summary>
internal sealed class ReadingRun : IAsyncDisposable
{
    private readonly Random _random;
    private readonly ScriptedLink _link = new();
    private readonly ManualTime _time = new();
    private readonly ConversationId _room = ConversationId.New(Drafts.Noon);
    private readonly ChatClient _client;
    private readonly List<(Consumer Consumer, long? After)> _readers = [];
    private readonly List<ConversationEntry> _late = [];
    private int _failures;

    public ReadingRun(int seed)
    {
        _random = new Random(seed);
        var reading = new ReadingOptions
        {
            KeepEntries = _random.Next(1, 40), KeepBytes = _random.Next(200, 20_000), PageSize = _random.Next(1, 20),
            Linger = TimeSpan.FromSeconds(_random.Next(3))
        };
        _client = new ChatClient(
            ChatClientOptions.ForServer(new Uri("http://localhost")) with { Reading = reading, TimeProvider = _time },
            _link);
        for (var i = _random.Next(40); i > 0; i--) _link.Store(Drafts.Message(_room));
        _link.Server.BeforeCall = _ => Interlocked.Decrement(ref _failures) >= 0
            ? Task.FromException(ServerScript.Refusal(ChatErrorCode.InternalError))
            : Task.CompletedTask;
    }

    /// <summary>What is wrong after a random life; null when all is as promised.</summary>
    public async Task<string?> RunAsync()
    {
        for (var i = _random.Next(20, 120); i > 0; i--) await StepAsync();
        Interlocked.Exchange(ref _failures, 0);
        foreach (var (consumer, _) in _readers) consumer.Release();
        // What was lost at the very end is found in the next session.
        _link.Cut();
        _link.Connect();
        return await SettleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (consumer, _) in _readers) await consumer.DisposeAsync();
        await _client.DisposeAsync();
    }

    private async Task StepAsync()
    {
        switch (_random.Next(12))
        {
            case 0: _link.Connect(); break;
            case 1: _link.Cut(); break;
            case 2 or 3 or 4: Append(_random.Next(1, 12)); break;
            case 5: Append(_random.Next(1, 4)); PushLate(); break;
            case 6: PushLate(); break;
            case 7: Open(); break;
            case 8: AnyReader()?.Hold(); break;
            case 9: AnyReader()?.Release(); break;
            case 10: _time.Advance(TimeSpan.FromMilliseconds(_random.Next(2_000))); break;
            default: await LeaveOrFailAsync(); break;
        }
        if (_random.Next(3) == 0) await Task.Yield();
    }

    private void Append(int count)
    {
        for (; count > 0; count--)
        {
            var entry = _link.Store(Drafts.Message(_room, new string('x', _random.Next(60))));
            switch (_random.Next(8))
            {
                case 0: break; // lost
                case 1: _late.Add(entry); break;
                case 2: _link.Push(entry); _link.Push(entry); break;
                default: _link.Push(entry); break;
            }
        }
    }

    private void PushLate()
    {
        while (_late.Count > 0 && _random.Next(3) > 0)
        {
            var at = _random.Next(_late.Count);
            _link.Push(_late[at]);
            if (_random.Next(2) == 0) _late.RemoveAt(at);
        }
    }

    private void Open()
    {
        long? after = _random.Next(4) == 0 ? null : _random.NextInt64(0, _link.Head(_room) + 1);
        var stream = _random.Next(2) == 0
            ? _client.ReadAsync(_room, after)
            : Flat(_client.ReadBatchesAsync(_room, after));
        _readers.Add((new Consumer(stream, isHeld: _random.Next(4) == 0), after));
    }

    private async Task LeaveOrFailAsync()
    {
        if (_random.Next(2) == 0) Interlocked.Exchange(ref _failures, _random.Next(4));
        else if (_readers.Count > 0)
        {
            var at = _random.Next(_readers.Count);
            await _readers[at].Consumer.DisposeAsync();
            var problem = Problem(_readers[at]);
            Assert.True(problem is null, problem);
            _readers.RemoveAt(at);
        }
    }

    private Consumer? AnyReader() => _readers.Count == 0 ? null : _readers[_random.Next(_readers.Count)].Consumer;

    private static async IAsyncEnumerable<ConversationEntry> Flat(
        IAsyncEnumerable<IReadOnlyList<ConversationEntry>> batches,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var batch in batches.WithCancellation(ct))
            foreach (var entry in batch) yield return entry;
    }

    /// <summary>Moves the clock until every reader that has a beginning has everything.</summary>
    private async Task<string?> SettleAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var head = _link.Head(_room);
        while (_readers.Find(reader => !IsComplete(reader, head)) is { Consumer: not null } behind)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
            if (Stopwatch.GetElapsedTime(started) > Bounds.Wait)
                return $"a reader after {behind.After} has {behind.Consumer.Count} entries of {head}, over: "
                    + $"{behind.Consumer.IsOver}";
        }
        return _readers.Select(Problem).FirstOrDefault(problem => problem is not null);
    }

    // One without a cursor has begun somewhere, perhaps only now at the end.
    private static bool IsComplete((Consumer Consumer, long? After) reader, long head) =>
        reader.Consumer.Entries is [.., var last]
            ? last.Sequence == head
            : reader.After is null || reader.After == head;

    private static string? Problem((Consumer Consumer, long? After) reader)
    {
        var next = reader.After + 1;
        foreach (var entry in reader.Consumer.Entries)
        {
            next ??= entry.Sequence;
            if (entry.Sequence != next) return $"a reader after {reader.After} got {entry.Sequence} in place of {next}";
            next++;
        }
        return null;
    }
}
