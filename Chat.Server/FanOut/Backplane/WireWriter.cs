using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Chat.Server.FanOut.Backplane;

/// <summary>Writes a message between instances, field by field. One per thread, reused.</summary>
internal sealed class WireWriter
{
    private const int KeptCapacity = 256 * 1024;

    [ThreadStatic]
    private static WireWriter? t_writer;

    private readonly ArrayBufferWriter<byte> _output = new(1_024);

    private WireWriter() { }

    /// <summary>This thread's writer, with the byte that is reserved for the message's kind.</summary>
    public static WireWriter Start()
    {
        var writer = t_writer ??= new WireWriter();
        writer._output.ResetWrittenCount();
        writer.WriteByte(0);
        return writer;
    }

    public void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_output.GetSpan(sizeof(long)), value);
        _output.Advance(sizeof(long));
    }

    public void WriteCount(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), value);
        _output.Advance(sizeof(int));
    }

    public void WriteGuid(Guid value)
    {
        value.TryWriteBytes(_output.GetSpan(16));
        _output.Advance(16);
    }

    /// <summary>Its length, then the bytes.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteCount(value.Length);
        _output.Write(value);
    }

    /// <summary>Its length in UTF-8, then the text; a length of -1 for null.</summary>
    public void WriteText(string? value)
    {
        if (value is null)
        {
            WriteCount(-1);
            return;
        }
        var span = _output.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, length);
        _output.Advance(sizeof(int) + length);
    }

    public byte[] ToArray()
    {
        var bytes = _output.WrittenSpan.ToArray();
        // one huge message must not cost every thread memory permanently
        if (_output.Capacity > KeptCapacity) t_writer = null;
        return bytes;
    }
}
