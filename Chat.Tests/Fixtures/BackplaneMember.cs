using System.Text;
using System.Threading.Channels;
using Chat.Server.FanOut.Backplane;

namespace Chat.Tests.Fixtures;

/// <summary>One instance on a backplane, which notes what it receives.</summary>
internal sealed class BackplaneMember : IBackplaneReceiver
{
    private readonly Channel<(BackplaneChannel Channel, string Text)> _received =
        System.Threading.Channels.Channel.CreateUnbounded<(BackplaneChannel, string)>();
    private readonly SemaphoreSlim _recoveries = new(0);

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

    public bool TryNext(out (BackplaneChannel Channel, string Text) message) => _received.Reader.TryRead(out message);

    /// <summary>Waits until it is told to recover, and forgets that.</summary>
    public async Task RecoveredAsync() => Assert.True(await _recoveries.WaitAsync(Bounds.Wait), "nobody said Recover");

    /// <summary>Forgets what it was told until now.</summary>
    public void ForgetRecoveries()
    {
        while (_recoveries.Wait(0)) { }
    }

    void IBackplaneReceiver.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message) =>
        _received.Writer.TryWrite((channel, Encoding.UTF8.GetString(message.Span)));

    void IBackplaneReceiver.Recover() => _recoveries.Release();
}
