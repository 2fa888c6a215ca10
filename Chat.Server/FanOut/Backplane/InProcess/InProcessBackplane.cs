using System.Collections.Concurrent;

namespace Chat.Server.FanOut.Backplane.InProcess;

/// <summary>The backplane of a single server, and of several in one process.</summary>
internal sealed class InProcessBackplane : IBackplane, IAsyncDisposable
{
    private const int Capacity = 65_536;

    private readonly InProcessBus _bus;
    private readonly ConcurrentDictionary<BackplaneChannel, byte> _channels = new();
    private readonly BackplaneInbox _inbox = new(Capacity, dropped: () => { });
    private Task _pump = Task.CompletedTask;

    public InProcessBackplane(InProcessBus bus)
    {
        _bus = bus;
        bus.Add(this);
    }

    public bool HasPeers => _bus.Members > 1;

    public string? Problem => null;

    public void Attach(IBackplaneReceiver receiver) => _pump = _inbox.RunAsync(receiver);

    public Task Subscribe(BackplaneChannel channel)
    {
        _channels.TryAdd(channel, 0);
        return Task.CompletedTask;
    }

    public void Unsubscribe(BackplaneChannel channel) => _channels.TryRemove(channel, out _);

    public void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message) => _bus.Publish(this, channel, message);

    internal void Offer(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        if (_channels.ContainsKey(channel)) _inbox.Offer(channel, message);
    }

    public async ValueTask DisposeAsync()
    {
        _bus.Remove(this);
        _inbox.Complete();
        await _pump;
    }
}
