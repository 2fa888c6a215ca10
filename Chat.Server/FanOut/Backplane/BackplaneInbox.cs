using System.Threading.Channels;

namespace Chat.Server.FanOut.Backplane;

/// <summary>
/// Received messages that are not processed yet: bounded in number and bytes, with one loop that passes them to the
/// receiver.
/// </summary>
/// <remarks>Messages beyond the bound are lost, and then the receiver must recover.</remarks>
internal sealed class BackplaneInbox(int capacity, Action dropped)
{
    private const long CapacityBytes = 64 << 20;

    private readonly Channel<Item> _items =
        Channel.CreateBounded<Item>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private int _lost;
    private long _bytes;

    public void Offer(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        // A message larger than the whole bound is accepted alone.
        var bytes = Interlocked.Add(ref _bytes, message.Length);
        var fits = bytes <= CapacityBytes || bytes == message.Length;
        if (fits && _items.Writer.TryWrite(new Item(channel, message))) return;
        Interlocked.Add(ref _bytes, -message.Length);
        dropped();
        Volatile.Write(ref _lost, 1);
    }

    /// <summary>Reports to the receiver that messages may have been lost until now.</summary>
    public void Recover()
    {
        Volatile.Write(ref _lost, 1);
        // Wakes the loop; when there is no room it is awake.
        _items.Writer.TryWrite(default);
    }

    /// <summary>Ends after <see cref="Complete"/>.</summary>
    public async Task RunAsync(IBackplaneReceiver receiver)
    {
        while (await _items.Reader.WaitToReadAsync())
        {
            while (_items.Reader.TryRead(out var item))
            {
                if (item.Message.Length == 0) continue;
                Interlocked.Add(ref _bytes, -item.Message.Length);
                receiver.Receive(item.Channel, item.Message);
            }
            if (Interlocked.Exchange(ref _lost, 0) != 0) receiver.Recover();
        }
    }

    public void Complete() => _items.Writer.TryComplete();

    private readonly record struct Item(BackplaneChannel Channel, ReadOnlyMemory<byte> Message);
}
