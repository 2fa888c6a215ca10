using System.Diagnostics.Metrics;
using Chat.Server.Observability;

namespace Chat.Server.Memory;

/// <summary>The memory budget of this instance for data that passes through it. Each part has its own limit, so that a
/// full part does not affect the others.</summary>
internal sealed class MemoryBudget
{
    private readonly MemoryPart[] _parts;

    public MemoryBudget(MemoryOptions options, IMeterFactory meters)
    {
        CatchUp = new("catch_up", options.CatchUpBytes);
        Unfinished = new("unfinished", options.UnfinishedBytes);
        Lanes = new("lanes", options.LaneBytes);
        Intake = new("intake", options.IntakeBytes);
        Answers = new("answers", options.AnswerBytes);
        Feeds = new("feeds", options.FeedBytes);
        Reconnects = new("reconnects", options.ReconnectBytes);
        Signals = new("signals", options.SignalBytes);
        Revocations = new("revocations", options.RevocationBytes);
        _parts = [CatchUp, Unfinished, Lanes, Intake, Answers, Feeds, Reconnects, Signals, Revocations];
        var meter = meters.Create(ChatMetrics.MeterName);
        meter.CreateObservableUpDownCounter("chat.memory.held", () => Observe(part => part.Held), "By",
            "Bytes held now, by part");
        meter.CreateObservableUpDownCounter("chat.memory.limit", () => Observe(part => part.Limit), "By",
            "Bytes that may be held, by part");
        meter.CreateObservableCounter("chat.memory.refusals", () => Observe(part => part.Refused), "{refusal}",
            "Refused or cut because a part was full");
    }

    /// <summary>What was read from the log for readers who are behind.</summary>
    public MemoryPart CatchUp { get; }

    /// <summary>Messages and bodies of which a part has come.</summary>
    public MemoryPart Unfinished { get; }

    /// <summary>Messages that wait to be stored.</summary>
    public MemoryPart Lanes { get; }

    /// <summary>Background tasks that wait to be stored.</summary>
    public MemoryPart Intake { get; }

    /// <summary>Answers that are being made, or not taken by their clients yet.</summary>
    public MemoryPart Answers { get; }

    /// <summary>The ends of logs that feeds keep for their readers.</summary>
    public MemoryPart Feeds { get; }

    /// <summary>What connections with stateful reconnect may hold until it is acknowledged.</summary>
    public MemoryPart Reconnects { get; }

    /// <summary>Summaries and other signals that connections have not taken yet.</summary>
    public MemoryPart Signals { get; }

    /// <summary>Users who are not served any more.</summary>
    public MemoryPart Revocations { get; }

    /// <summary>What all parts hold.</summary>
    public long Held => _parts.Sum(part => part.Held);

    private IEnumerable<Measurement<long>> Observe(Func<MemoryPart, long> value) =>
        _parts.Select(part =>
            new Measurement<long>(value(part), new KeyValuePair<string, object?>("part", part.Name)));
}
