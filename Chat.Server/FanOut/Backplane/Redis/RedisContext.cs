using Chat.Server.Observability;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>What the nodes of one instance share.</summary>
internal sealed record RedisContext(
    Guid Instance, RedisChannels Channels, BackplaneOptions Options, BackplaneInbox Inbox, ChatMetrics Metrics, TimeProvider Time, ILogger<RedisBackplane> Logger)
{
    public const int InstanceLength = 16;

    public TimeSpan Probe { get; } = TimeSpan.FromMilliseconds(Options.ProbeMilliseconds);

    /// <summary>What an instance wrote about itself begins with its id: the subscription to a channel brings that back too.</summary>
    public byte[] Frame(ReadOnlySpan<byte> message)
    {
        var framed = GC.AllocateUninitializedArray<byte>(InstanceLength + message.Length);
        Instance.TryWriteBytes(framed);
        message.CopyTo(framed.AsSpan(InstanceLength));
        return framed;
    }

    /// <summary>Takes what came to the inbox, unless this instance sent it.</summary>
    public void Receive(BackplaneChannel channel, byte[] framed)
    {
        if (framed.Length <= InstanceLength || new Guid(framed.AsSpan(0, InstanceLength)) == Instance) return;
        Metrics.BackplaneReceived();
        Inbox.Offer(channel, framed.AsMemory(InstanceLength));
    }
}
