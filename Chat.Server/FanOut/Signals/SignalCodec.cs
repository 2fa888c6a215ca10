using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Chat.Server.FanOut.Signals;

/// <summary>Encodes signals for other instances: a byte reserved for the kind of message, then a small JSON
/// object.</summary>
/// <remarks>Keys may be added; unknown keys are ignored.</remarks>
internal static class SignalCodec
{
    /// <summary>The signal; null for a kind that this version does not know.</summary>
    /// <exception cref="InvalidDataException">The bytes are not from <see cref="Encode"/>.</exception>
    public static Signal? Decode(ReadOnlySpan<byte> message)
    {
        try
        {
            var read = JsonSerializer.Deserialize(message, SignalJson.Default.SignalMessage);
            if (read.User == default) throw new InvalidDataException("a signal without user");
            return read.Kind switch
            {
                SignalKind.Typing => new TypingSignal(read.Conversation, read.User, read.Flag),
                SignalKind.Read => new ReadSignal(read.Conversation, read.User, read.Sequence),
                SignalKind.Presence => new PresenceSignal(read.Conversation, read.User, read.Flag, read.At),
                _ => null,
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("not a signal", e);
        }
    }

    public static byte[] Encode(Signal signal)
    {
        var message = new SignalMessage
        {
            Kind = signal.Kind, Conversation = signal.Conversation!.Value, User = signal.User
        };
        message = signal switch
        {
            TypingSignal typing => message with { Flag = typing.IsTyping },
            ReadSignal read => message with { Sequence = read.Sequence },
            PresenceSignal presence => message with { Flag = presence.Online, At = presence.LastSeenAt },
            _ => throw new ArgumentException($"{signal.Kind} does not travel", nameof(signal)),
        };
        var output = new ArrayBufferWriter<byte>(192);
        output.Write<byte>([0]);
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, message, SignalJson.Default.SignalMessage);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SignalMessage))]
internal sealed partial class SignalJson : JsonSerializerContext;
