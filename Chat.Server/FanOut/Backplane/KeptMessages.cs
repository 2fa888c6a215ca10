namespace Chat.Server.FanOut.Backplane;

/// <summary>What this instance has sent lately and nobody would find in the database without being told: it is sent
/// again when it may have been lost.</summary>
/// <remarks>Kept for as long as it takes to notice an outage, and over an outage, as far as there is room; then the
/// oldest goes.</remarks>
internal sealed class KeptMessages(TimeProvider time)
{
    internal const int Most = 1_024, MostBytes = 256 << 10;

    internal static readonly TimeSpan For = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Queue<(BackplaneChannel Channel, byte[] Message, long At)> _kept = [];
    private long _bytes;
    private bool _isAway; // since the last recovery

    /// <param name="channel">Where it was sent.</param>
    /// <param name="message">As it was sent.</param>
    /// <param name="isCarried">False when it is known not to arrive.</param>
    public void Keep(BackplaneChannel channel, byte[] message, bool isCarried)
    {
        lock (_gate)
        {
            _isAway |= !isCarried;
            _kept.Enqueue((channel, message, time.GetTimestamp()));
            _bytes += message.Length;
            while (_kept.TryPeek(out var oldest) && (_kept.Count > Most || _bytes > MostBytes
                || !_isAway && time.GetElapsedTime(oldest.At) > For))
                _bytes -= _kept.Dequeue().Message.Length;
        }
    }

    /// <summary>What is to be sent again, in its order. It stays: the others may not be there yet.</summary>
    /// <param name="isBack">This instance can send again: what was kept for longer goes with the next.</param>
    public IReadOnlyList<(BackplaneChannel Channel, byte[] Message)> Find(bool isBack)
    {
        lock (_gate)
        {
            if (isBack) _isAway = false;
            return [.. _kept.Select(one => (one.Channel, one.Message))];
        }
    }
}
