using Chat.Server.Callers;
using Chat.Server.Memory;
using Chat.Server.Observability;

namespace Chat.Server.FanOut;

/// <summary>What all writers of this instance share.</summary>
internal sealed class WriterContext(
    BackgroundWork background, ChatMetrics metrics, LogIdentity identity, WriterBounds bounds, TimeProvider time)
{
    public BackgroundWork Background => background;

    public ChatMetrics Metrics => metrics;

    /// <summary>The generation of the log now.</summary>
    public string Generation => identity.Generation;

    /// <summary>Whom this instance must not show anything any more.</summary>
    public Admission Admission => bounds.Admission;

    public TimeProvider Time => time;

    /// <summary>What the signals of all connections hold while they wait.</summary>
    public MemoryPart SignalMemory => bounds.Memory.Signals;
}
