using System.Buffers.Binary;
using System.Text;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Reads what <see cref="WireWriter"/> wrote. Anything else is an <see cref="InvalidDataException"/>: the
/// sender may be another version.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> input)
{
    private ReadOnlySpan<byte> _rest = input;

    public byte ReadByte() => Take(1)[0];

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public int ReadCount() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public Guid ReadGuid() => new(Take(16));

    public ReadOnlySpan<byte> ReadBytes() => Take(ReadCount());

    public string? ReadText()
    {
        var length = ReadCount();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public UserId ReadUser()
    {
        try
        {
            return UserId.Stored(ReadText() ?? "");
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    public DateTimeOffset ReadTime()
    {
        var ticks = ReadInt64();
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : throw new InvalidDataException("a time is out of range");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidDataException("a message from another instance is too short");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
