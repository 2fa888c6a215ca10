using Chat.ClientSdk.Link;

namespace Chat.ClientSdk.Sending;

/// <summary>The capacity of an outbox, and how much of it is used. Not thread-safe: the outbox locks.</summary>
internal sealed class OutboxRoom(OutboxOptions options, ChatClientTelemetry telemetry)
{
    private int _count;
    private long _bytes;

    /// <summary>Whether the message may be admitted. An empty outbox admits any message.</summary>
    public bool Fits(PendingMessage message) =>
        _count == 0 || (_count < options.Capacity && _bytes + message.Bytes <= options.CapacityBytes);

    public void Take(PendingMessage message)
    {
        message.IsCounted = true;
        Change(1, message.Bytes);
    }

    /// <returns>False when it took none.</returns>
    public bool Free(PendingMessage message)
    {
        if (!message.IsCounted) return false;
        message.IsCounted = false;
        Change(-1, -message.Bytes);
        return true;
    }

    /// <summary>The outbox has ended: it holds nothing any more.</summary>
    public void Clear() => Change(-_count, -_bytes);

    private void Change(int count, long bytes)
    {
        _count += count;
        _bytes += bytes;
        telemetry.OutboxChanged(count);
    }
}
