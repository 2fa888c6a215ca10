using System.Collections.Concurrent;

namespace Chat.Server.FanOut.Backplane.InProcess;

/// <summary>The bus that instances in one process share. A single server has its own.</summary>
internal sealed class InProcessBus
{
    private readonly ConcurrentDictionary<InProcessBackplane, byte> _members = new();

    public int Members => _members.Count;

    public void Add(InProcessBackplane member) => _members.TryAdd(member, 0);

    public void Remove(InProcessBackplane member) => _members.TryRemove(member, out _);

    public void Publish(InProcessBackplane from, BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        foreach (var (member, _) in _members)
            if (member != from) member.Offer(channel, message);
    }
}
