using System.Buffers.Text;
using System.Text;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// The names of all channels: <c>{prefix}:c:{conversation}</c>, <c>{prefix}:all</c>, and for probes
/// <c>{prefix}:i:{instance}:{number}</c>.
/// </summary>
/// <remarks>
/// All are sharded: in a Redis Cluster one node carries a channel, and a single server knows them as well.
/// </remarks>
internal sealed class RedisChannels(string prefix, Guid instance)
{
    private const int IdLength = 32;

    private readonly byte[] _conversations = Encoding.ASCII.GetBytes($"{prefix}:c:");
    private readonly RedisChannel _all = RedisChannel.Sharded($"{prefix}:all");

    public RedisChannel NameOf(BackplaneChannel channel)
    {
        if (channel.Conversation is not { } conversation) return _all;
        var name = new byte[_conversations.Length + IdLength];
        _conversations.CopyTo(name, 0);
        Utf8Formatter.TryFormat(conversation.Value, name.AsSpan(_conversations.Length), out _, 'N');
        return RedisChannel.Sharded(name);
    }

    /// <summary>Nobody but this instance listens to it. The number decides the node that carries it.</summary>
    public RedisChannel Probe(int number) =>
        RedisChannel.Sharded(string.Create(null, $"{prefix}:i:{instance:N}:{number}"));
}
