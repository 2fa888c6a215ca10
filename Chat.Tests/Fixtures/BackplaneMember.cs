using System.Text;
using System.Threading.Channels;
using Chat.Server.FanOut.Backplane;

namespace Chat.Tests.Fixtures;

/// <summary>One instance on a backplane, which notes what it receives.</summary>
internal sealed class BackplaneMember : IBackplaneReceiver
{
    private readonly Channel<(BackplaneChannel Channel, string Text)> _received =
        System.Threading.Channels.Channel.CreateUnbounded<(BackplaneChannel, string)>();
    private readonly Channel<bool> _recoveries = System.Threading.Channels.Channel.CreateUnbounded<bool>();

    public BackplaneMember(IBackplane backplane)
    {
        Backplane = backplane;
        backplane.Attach(this);
    }

    public IBackplane Backplane { get; }

    public Task SubscribeAsync(BackplaneChannel channel) => Backplane.Subscribe(channel).WaitAsync(Bounds.Wait);

    public void Publish(BackplaneChannel channel, string text) =>
        Backplane.Publish(channel, Encoding.UTF8.GetBytes(text));

    public async Task<(BackplaneChannel Channel, string Text)> NextAsync()
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        return await _received.Reader.ReadAsync(bound.Token);
    }

    /// <summary>The next message; null when this or the other member was told to recover first: messages between them
    /// may be lost.</summary>
    public async Task<(BackplaneChannel Channel, string Text)?> NextUnlessRecoveredAsync(BackplaneMember other)
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while (true)
        {
            if (_received.Reader.TryRead(out var message)) return message;
            if (_recoveries.Reader.Count > 0 || other._recoveries.Reader.Count > 0) return null;
            var something = new[] { _recoveries, other._recoveries }
                .Select(told => told.Reader.WaitToReadAsync(bound.Token).AsTask())
                .Append(_received.Reader.WaitToReadAsync(bound.Token).AsTask());
            await await Task.WhenAny(something);
        }
    }

    public bool TryNext(out (BackplaneChannel Channel, string Text) message) => _received.Reader.TryRead(out message);

    /// <summary>Waits until it is told to recover, and forgets that.</summary>
    public Task RecoveredAsync() => _recoveries.Reader.ReadAsync().AsTask().WaitAsync(Bounds.Wait);

    /// <summary>Forgets what it was told until now.</summary>
    public void ForgetRecoveries()
    {
        while (_recoveries.Reader.TryRead(out _)) { }
    }

    void IBackplaneReceiver.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message) =>
        _received.Writer.TryWrite((channel, Encoding.UTF8.GetString(message.Span)));

    void IBackplaneReceiver.Recover() => _recoveries.Writer.TryWrite(true);
}
