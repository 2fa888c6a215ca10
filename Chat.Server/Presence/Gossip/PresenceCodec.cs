using System.Text;
using Chat.Server.Callers;

namespace Chat.Server.Presence.Gossip;

/// <summary>Encodes presence messages: a byte reserved for the kind, the format's version, the type, the sender, then
/// the type's content.</summary>
internal static class PresenceCodec
{
    /// <summary>Maximum number of steps per delta, and of users per part.</summary>
    public const int StepsPerMessage = 500;

    private const byte FormatVersion = 1;
    private const byte Delta = 1, Heartbeat = 2, RollCall = 3, Request = 4, Part = 5, Goodbye = 6;
    private const byte Came = 0, Left = 1;

    public static byte[] Encode(PresenceMessage message)
    {
        var bytes = new MemoryStream(64);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write((byte)0);
        writer.Write(FormatVersion);
        writer.Write(TypeOf(message));
        writer.Write(message.Instance.ToByteArray());
        WriteContent(writer, message);
        return bytes.ToArray();
    }

    /// <param name="bytes">Without the byte for the kind.</param>
    /// <exception cref="InvalidDataException">They are not from <see cref="Encode"/>.</exception>
    public static PresenceMessage Decode(ReadOnlyMemory<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()), Encoding.UTF8);
        try
        {
            if (reader.ReadByte() is not FormatVersion and var version)
                throw new InvalidDataException($"presence format {version} is not known");
            var type = reader.ReadByte();
            var message = ReadContent(reader, type, ReadId(reader));
            return reader.BaseStream.Position == reader.BaseStream.Length
                ? message
                : throw new InvalidDataException("there is more behind the message");
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException
            or OverflowException)
        {
            throw new InvalidDataException("not a presence message", e);
        }
    }

    private static byte TypeOf(PresenceMessage message) => message switch
    {
        PresenceDelta => Delta,
        PresenceHeartbeat => Heartbeat,
        PresenceRollCall => RollCall,
        PresenceRequest => Request,
        PresencePart => Part,
        PresenceGoodbye => Goodbye,
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    private static void WriteContent(BinaryWriter writer, PresenceMessage message)
    {
        switch (message)
        {
            case PresenceDelta delta:
                writer.Write7BitEncodedInt64(delta.Version);
                writer.Write7BitEncodedInt(delta.Steps.Count);
                foreach (var step in delta.Steps) WriteStep(writer, step);
                break;
            case PresenceHeartbeat heartbeat:
                writer.Write7BitEncodedInt64(heartbeat.Version);
                writer.Write7BitEncodedInt(heartbeat.Users);
                break;
            case PresenceRequest request:
                writer.Write(request.Of.ToByteArray());
                break;
            case PresencePart part:
                writer.Write7BitEncodedInt64(part.Version);
                writer.Write7BitEncodedInt(part.Index);
                writer.Write7BitEncodedInt(part.Parts);
                writer.Write7BitEncodedInt(part.Users.Count);
                foreach (var user in part.Users) writer.Write(user.ToWire());
                break;
        }
    }

    private static PresenceMessage ReadContent(BinaryReader reader, byte type, Guid instance)
    {
        switch (type)
        {
            case Delta:
                return new PresenceDelta(instance, ReadVersion(reader), ReadMany(reader, ReadStep));
            case Heartbeat:
                return new PresenceHeartbeat(instance, ReadVersion(reader), ReadCount(reader));
            case RollCall:
                return new PresenceRollCall(instance);
            case Request:
                return new PresenceRequest(instance, ReadId(reader));
            case Part:
                var part = new PresencePart(instance, ReadVersion(reader), ReadCount(reader), ReadCount(reader),
                    ReadMany(reader, ReadUser));
                return part.Index < part.Parts ? part : throw new InvalidDataException("unknown part");
            case Goodbye:
                return new PresenceGoodbye(instance);
            default:
                throw new InvalidDataException($"presence message {type} is not known");
        }
    }

    private static void WriteStep(BinaryWriter writer, PresenceStep step)
    {
        writer.Write(step.LeftAt is null ? Came : Left);
        if (step.LeftAt is { } left) writer.Write(left.UtcTicks);
        writer.Write(step.User.ToWire());
    }

    private static PresenceStep ReadStep(BinaryReader reader)
    {
        var what = reader.ReadByte();
        if (what > Left) throw new InvalidDataException($"presence step {what} is not known");
        DateTimeOffset? left = what == Left ? new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero) : null;
        return new PresenceStep(ReadUser(reader), left);
    }

    private static T[] ReadMany<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var count = ReadCount(reader);
        if (count > StepsPerMessage) throw new InvalidDataException($"{count} is too many for one message");
        var many = new T[count];
        for (var i = 0; i < count; i++) many[i] = read(reader);
        return many;
    }

    private static UserKey ReadUser(BinaryReader reader) => UserKey.OfWire(reader.ReadString());

    private static Guid ReadId(BinaryReader reader) => new(reader.ReadBytes(16));

    private static long ReadVersion(BinaryReader reader) =>
        reader.Read7BitEncodedInt64() is >= 0 and var version
            ? version
            : throw new InvalidDataException("a negative version");

    private static int ReadCount(BinaryReader reader) =>
        reader.Read7BitEncodedInt() is >= 0 and var count ? count : throw new InvalidDataException("a negative count");
}
