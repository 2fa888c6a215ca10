using System.Buffers.Binary;
using System.Text;

namespace Chat.Tests.Unit.Transports;

/// <summary>Bytes as a client may send them, from a seed: messages in fragments, control frames between them, and in
/// some of the scripts one thing that RFC 6455 does not allow.</summary>
internal sealed class FrameScript(Random random)
{
    private const int Final = 0x80, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private static readonly string[] Words = ["a", "word ", "é", "€", "\ud83d\ude00", "\u0000", "{\"type\":1}"];

    private static readonly byte[][] NoText =
        [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0xe2, 0x28, 0xa1], [0xe2, 0x82]];

    private readonly List<byte> _bytes = [];

    public byte[] Make()
    {
        var breaks = random.Next(3) == 0;
        for (var i = random.Next(8); i > 0; i--) AddMessage();
        if (breaks) Break();
        if (random.Next(2) == 0) AddClose(random.Next(1_000, 5_000));
        var cut = !breaks && random.Next(3) == 0 ? random.Next(_bytes.Count + 1) : 0;
        return [.. _bytes[..^cut]];
    }

    private void AddMessage()
    {
        var isText = random.Next(2) == 0;
        var payload = isText ? SomeText() : SomeBytes(SomeLength());
        var first = isText ? Text : Binary;
        for (var parts = random.Next(3); parts > 0; parts--)
        {
            var cut = random.Next(payload.Length + 1);
            Add(first, payload[..cut]);
            (first, payload) = (0, payload[cut..]);
            if (random.Next(2) == 0) Add(Final | random.Next(Ping, Pong + 1), SomeBytes(random.Next(126)));
        }
        Add(Final | first, payload);
        if (random.Next(4) == 0) Add(Final | random.Next(Ping, Pong + 1), SomeBytes(random.Next(126)));
    }

    private void AddClose(int code) =>
        Add(Final | Close, random.Next(3) == 0 ? [] : [(byte)(code >> 8), (byte)code, .. SomeText().Take(123)]);

    private void Break()
    {
        switch (random.Next(10))
        {
            case 0:
                Add(Final | Text, [.. SomeText(), .. NoText[random.Next(NoText.Length)]]);
                break;
            case 1:
                Add(Text, [.. SomeText(), .. NoText[random.Next(NoText.Length - 1)], (byte)'x']);
                Add(Final, SomeText());
                break;
            case 2:
                Add(Final | random.Next(1, 8) << 4 | Text, SomeText());
                break;
            case 3:
                Add(Final | (random.Next(2) == 0 ? random.Next(3, 8) : random.Next(11, 16)), SomeBytes(3));
                break;
            case 4:
                Add(Final | random.Next(Close, Pong + 1), SomeBytes(random.Next(126, 300)));
                break;
            case 5:
                Add(random.Next(Close, Pong + 1), SomeBytes(5));
                break;
            case 6:
                Add(random.Next(2) * Final, SomeBytes(5)); // continues nothing
                break;
            case 7:
                Add(Binary, SomeBytes(5));
                Add(Final | Text, SomeText()); // begins within another
                break;
            case 8:
                Add(Final | Close, random.Next(2) == 0 ? SomeBytes(1) : [3, 0xe8, .. NoText[random.Next(3)]]);
                break;
            default:
                _bytes.AddRange([Final | Binary, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4]); // a length below zero
                break;
        }
    }

    private void Add(int first, byte[] payload)
    {
        _bytes.Add((byte)first);
        Span<byte> length = stackalloc byte[sizeof(long)];
        switch (payload.Length)
        {
            case > ushort.MaxValue:
                BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
                _bytes.AddRange([0xff, .. length]);
                break;
            case > 125:
                _bytes.AddRange([0xfe, (byte)(payload.Length >> 8), (byte)payload.Length]);
                break;
            case var few when random.Next(10) == 0 && (first & Close) == 0:
                _bytes.AddRange([0xfe, 0, (byte)few]); // longer than need be
                break;
            case var few:
                _bytes.Add((byte)(0x80 | few));
                break;
        }
        var mask = SomeBytes(4);
        _bytes.AddRange(mask);
        for (var i = 0; i < payload.Length; i++) _bytes.Add((byte)(payload[i] ^ mask[i & 3]));
    }

    private int SomeLength() => random.Next(20) switch
    {
        0 => random.Next(65_530, 65_545),
        < 5 => random.Next(120, 5_000),
        _ => random.Next(120),
    };

    private byte[] SomeText() => Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Words[random.Next(Words.Length)])));

    private byte[] SomeBytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
