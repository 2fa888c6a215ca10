using System.Buffers.Text;
using System.Text;
using Chat.Contracts.Identifiers;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The names of all channels: <c>{prefix}:c:{conversation}</c>, <c>{prefix}:all</c>, <c>{prefix}:i:{instance}</c> for probes.</summary>
internal sealed class RedisChannels(string prefix, Guid instance)
{
    private const int IdLength = 32;

    private readonly byte[] _conversations = Encoding.ASCII.GetBytes($"{prefix}:c:");
    private readonly byte[] _all = Encoding.ASCII.GetBytes($"{prefix}:all");

    /// <summary>Nobody but this instance listens to it.</summary>
    public RedisChannel Probe { get; } = Literal(Encoding.ASCII.GetBytes($"{prefix}:i:{instance:N}"));

    public RedisChannel NameOf(BackplaneChannel channel)
    {
        if (channel.Conversation is not { } conversation) return Literal(_all);
        var name = new byte[_conversations.Length + IdLength];
        _conversations.CopyTo(name, 0);
        Utf8Formatter.TryFormat(conversation.Value, name.AsSpan(_conversations.Length), out _, 'N');
        return Literal(name);
    }

    /// <summary>Null for a name that <see cref="NameOf"/> does not make.</summary>
    public BackplaneChannel? Parse(ReadOnlySpan<byte> name)
    {
        if (name.StartsWith(_conversations) && name.Length == _conversations.Length + IdLength
            && Utf8Parser.TryParse(name[_conversations.Length..], out Guid id, out var read, 'N') && read == IdLength)
            return BackplaneChannel.Of(new ConversationId(id));
        return name.SequenceEqual(_all) ? BackplaneChannel.Everyone : null;
    }

    private static RedisChannel Literal(byte[] name) => new(name, RedisChannel.PatternMode.Literal);
}
