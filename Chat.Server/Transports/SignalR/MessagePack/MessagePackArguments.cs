using System.Buffers;
using MessagePack;

namespace Chat.Server.Transports.SignalR.MessagePack;

/// <summary>Looks ahead in a message of the MessagePack hub protocol.</summary>
internal static class MessagePackArguments
{
    private const int LongestPrefix = 5;
    private const byte MoreFollows = 0x80;

    /// <summary>How many arguments the first message of the input has; -1 when that cannot be told, and the protocol
    /// will say what is wrong.</summary>
    public static int Count(ReadOnlySequence<byte> input)
    {
        var prefix = new SequenceReader<byte>(input);
        while (prefix.TryRead(out var part) && (part & MoreFollows) != 0 && prefix.Consumed < LongestPrefix) { }
        var reader = new MessagePackReader(input.Slice(prefix.Position));
        try
        {
            // [type, headers, invocation id, target, arguments, …]
            if (reader.ReadArrayHeader() < 5) return -1;
            for (var before = 0; before < 4; before++) reader.Skip();
            return reader.ReadArrayHeader();
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException)
        {
            return -1;
        }
    }
}
