using System.Buffers.Text;
using System.Text;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// The names of all channels: <c>{prefix}:{deployment}:c:{conversation}</c>, <c>{prefix}:{deployment}:all</c>, and for
/// probes <c>{prefix}:{deployment}:i:{instance}:{number}</c>.
/// </summary>
/// <remarks>
/// All are sharded: in a Redis Cluster one node carries a channel, and a single server knows them as well. They are
/// asked for once the deployment is known.
/// </remarks>
internal sealed class RedisChannels(string prefix, FrameSeal seal)
{
    private const int IdLength = 32;

    private readonly Lazy<byte[]> _conversations = new(() => Encoding.ASCII.GetBytes($"{prefix}:{seal.Tag}:c:"));
    private readonly Lazy<RedisChannel> _all = new(() => RedisChannel.Sharded($"{prefix}:{seal.Tag}:all"));

    public RedisChannel NameOf(BackplaneChannel channel)
    {
        if (channel.Conversation is not { } conversation) return _all.Value;
        var begin = _conversations.Value;
        var name = new byte[begin.Length + IdLength];
        begin.CopyTo(name, 0);
        Utf8Formatter.TryFormat(conversation.Value, name.AsSpan(begin.Length), out _, 'N');
        return RedisChannel.Sharded(name);
    }

    /// <summary>Only this instance listens to it. The number determines the node that carries it.</summary>
    public RedisChannel Probe(int number) =>
        RedisChannel.Sharded(string.Create(null, $"{prefix}:{seal.Tag}:i:{seal.Instance:N}:{number}"));
}
