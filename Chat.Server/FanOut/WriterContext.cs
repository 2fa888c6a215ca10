using Chat.Server.Observability;

namespace Chat.Server.FanOut;

/// <summary>What all writers of this instance share.</summary>
internal sealed class WriterContext(BackgroundWork background, ChatMetrics metrics, TimeProvider time)
{
    public BackgroundWork Background => background;

    public ChatMetrics Metrics => metrics;

    public TimeProvider Time => time;
}
