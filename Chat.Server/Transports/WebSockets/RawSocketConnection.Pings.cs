namespace Chat.Server.Transports.WebSockets;

/// <summary>Whether the peer is still there.</summary>
internal sealed partial class RawSocketConnection
{
    private long _pingedAt = context.Writers.Time.GetTimestamp();

    /// <summary>Called a few times per interval, by one caller at a time. Never waits.</summary>
    /// <param name="interval">The time between two Pings.</param>
    /// <param name="silence">How long the peer may be silent; null: as long as it likes.</param>
    public void Beat(TimeSpan interval, TimeSpan? silence)
    {
        if (writer.SilentFor >= silence)
        {
            TryCut();
            return;
        }
        if (Time.GetElapsedTime(_pingedAt) is var since && since < interval) return;
        // In step with the first, unless the process did not run.
        _pingedAt = since < 2 * interval
            ? _pingedAt + (long)(interval.TotalSeconds * Time.TimestampFrequency)
            : Time.GetTimestamp();
        writer.Ping();
    }
}
