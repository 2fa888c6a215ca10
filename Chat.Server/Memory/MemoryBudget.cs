using System.Diagnostics.Metrics;
using Chat.Server.Observability;

namespace Chat.Server.Memory;

/// <summary>The one owner of how many bytes this instance may hold for what passes through it. Each part has a limit
/// of its own, so that one that is full takes nothing from the others.</summary>
internal sealed class MemoryBudget
{
    public MemoryBudget(MemoryOptions options, IMeterFactory meters)
    {
        CatchUp = new("catch_up", options.CatchUpBytes);
        Unfinished = new("unfinished", options.UnfinishedBytes);
        Lanes = new("lanes", options.LaneBytes);
        Intake = new("intake", options.IntakeBytes);
        MemoryPart[] parts = [CatchUp, Unfinished, Lanes, Intake];
        var meter = meters.Create(ChatMetrics.MeterName);
        meter.CreateObservableUpDownCounter("chat.memory.held", () => Observe(parts, part => part.Held), "By",
            "Bytes held now, by part");
        meter.CreateObservableUpDownCounter("chat.memory.limit", () => Observe(parts, part => part.Limit), "By",
            "Bytes that may be held, by part");
        meter.CreateObservableCounter("chat.memory.refusals", () => Observe(parts, part => part.Refused), "{refusal}",
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

    private static IEnumerable<Measurement<long>> Observe(MemoryPart[] parts, Func<MemoryPart, long> value) =>
        parts.Select(part =>
            new Measurement<long>(value(part), new KeyValuePair<string, object?>("part", part.Name)));
}
