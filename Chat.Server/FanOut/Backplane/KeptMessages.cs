namespace Chat.Server.FanOut.Backplane;

/// <summary>What this instance has sent lately, where no comparison with the database would find what is lost. It is
/// sent again after an outage: when this instance recovers, and when another one does, which asks for it.</summary>
/// <remarks>Kept for as long as it takes to notice an outage, and over an outage, as far as there is room; then the
/// oldest goes.</remarks>
internal sealed class KeptMessages : IBackplaneTopic, IDisposable
{
    internal const int Most = 1_024, MostBytes = 256 << 10;

    internal static readonly TimeSpan For = TimeSpan.FromSeconds(30);

    /// <summary>An outage ends for all instances at about the same time: those that ask meanwhile are answered
    /// together.</summary>
    internal static readonly TimeSpan AnswersAfter = TimeSpan.FromSeconds(1);

    private readonly IBackplane _backplane;
    private readonly TimeProvider _time;
    private readonly ITimer _answer;
    private readonly Lock _gate = new();
    private readonly Queue<(BackplaneChannel Channel, byte[] Message, long At)> _kept = [];
    private long _bytes;
    private bool _isAway; // since the last recovery
    private int _asked;

    public KeptMessages(IBackplane backplane, TimeProvider time)
    {
        (_backplane, _time) = (backplane, time);
        _answer = time.CreateTimer(_ => Answer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public MessageKind Kind => MessageKind.Missed;

    /// <param name="channel">Where it is sent.</param>
    /// <param name="message">As it is sent.</param>
    public void Keep(BackplaneChannel channel, byte[] message)
    {
        var isCarried = _backplane.Problem is null;
        lock (_gate)
        {
            _isAway |= !isCarried;
            _kept.Enqueue((channel, message, _time.GetTimestamp()));
            _bytes += message.Length;
            while (_kept.TryPeek(out var oldest) && (_kept.Count > Most || _bytes > MostBytes
                || !_isAway && _time.GetElapsedTime(oldest.At) > For))
                _bytes -= _kept.Dequeue().Message.Length;
        }
    }

    /// <summary>What is to be sent again, in its order. It stays: the others may not be there yet.</summary>
    public IReadOnlyList<(BackplaneChannel Channel, byte[] Message)> Find()
    {
        lock (_gate) return [.. _kept.Select(one => (one.Channel, one.Message))];
    }

    public void Dispose() => _answer.Dispose();

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        if (Interlocked.Exchange(ref _asked, 1) == 0) _answer.Change(AnswersAfter, Timeout.InfiniteTimeSpan);
    }

    void IBackplaneTopic.Recover()
    {
        if (!_backplane.HasPeers) return;
        lock (_gate) _isAway = false;
        _backplane.Publish(BackplaneChannel.Everyone, new[] { (byte)Kind });
        SendAgain();
    }

    private void Answer()
    {
        Volatile.Write(ref _asked, 0); // first: one that asks from here on is answered by the next one
        SendAgain();
    }

    private void SendAgain()
    {
        foreach (var (channel, message) in Find()) _backplane.Publish(channel, message);
    }
}
