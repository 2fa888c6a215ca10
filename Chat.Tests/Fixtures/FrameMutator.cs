using System.Text;

namespace Chat.Tests.Fixtures;

/// <summary>Makes frames that are almost right, from a seed.</summary>
/// <param name="seed">Of the random numbers.</param>
/// <param name="frames">What is changed; none: frames of raw sockets.</param>
internal sealed class FrameMutator(int seed, params string[] frames)
{
    private static readonly byte[][] Seeds = [.. new[]
    {
        """{"type":"join","conversation_id":"00000000-0000-0000-0000-000000000001","after_seq":0}""",
        """{"type":"leave","conversationId":"00000000-0000-0000-0000-000000000001"}""",
        """{"type":"message","conversation_id":"00000000-0000-0000-0000-000000000001","body":"hi \ud83d\ude00","msg_type":0,"attachment_url":"u","attachment_meta":{"a":[1,null]},"dedupe_key":"k"}""",
        """{"type":"message","conversationId":"00000000-0000-0000-0000-000000000001","body":"hi","msgType":1,"attachmentUrl":null,"attachmentMeta":"{\"a\":1}","dedupeKey":null,"unknown":{}}""",
        """{"type":"typing","conversation_id":"00000000-0000-0000-0000-000000000001","typing":false}""",
        """{"type":"read","conversationId":"00000000-0000-0000-0000-000000000001","seq":7}""",
    }.Select(Encoding.UTF8.GetBytes)];

    private static readonly byte[][] Pieces = [.. new[]
    {
        "\"type\":", "\"body\":", "\"msg_type\":", "\"after_seq\":", "\"typing\":", "\"seq\":", "\"conversation_id\":",
        "\"attachment_meta\":", "\"dedupeKey\":", "null", "true", "{}", "[]", "{\"", "\"\"", "-1", "3", "1e999",
        "99999999999999999999999", "0.5", "\\u0000", "\\ud800", "\\udfff", "\"\\ud800\":1,", "\"typ\\ud800\":1,",
        "\"\\u0074ype\":\"join\",", "\\", "\"", ",", ":", "}", "]", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
        "\u00e9", "\u20ac", "//", "/*", "\ufeff", "\t", "\n", "\"00000000-0000-0000-0000-000000000001\"",
        "\"not-a-uuid\"",
    }.Select(Encoding.UTF8.GetBytes), [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x00], [0xf4, 0x90, 0x80, 0x80]];

    private readonly byte[][] _sources = frames.Length == 0 ? Seeds : Array.ConvertAll(frames, Encoding.UTF8.GetBytes);
    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[4_096];

    /// <summary>The next frame; good until the one after it.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        var source = _sources[_random.Next(_sources.Length)];
        source.CopyTo(_buffer, 0);
        var length = source.Length;
        for (var i = _random.Next(0, 6); i > 0; i--) length = Mutate(length);
        return _buffer.AsMemory(0, length);
    }

    private int Mutate(int length)
    {
        var at = _random.Next(length + 1);
        switch (_random.Next(6))
        {
            case 0 when at < length:
                _buffer[at] = (byte)_random.Next(256);
                return length;
            case 1 when at < length:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                return length;
            case 2:
                return at; // cut short
            case 3:
                var gone = _random.Next(Math.Min(40, length - at + 1));
                Array.Copy(_buffer, at + gone, _buffer, at, length - at - gone);
                return length - gone;
            default:
                var piece = Pieces[_random.Next(Pieces.Length)];
                if (length + piece.Length > _buffer.Length) return length;
                Array.Copy(_buffer, at, _buffer, at + piece.Length, length - at);
                piece.CopyTo(_buffer, at);
                return length + piece.Length;
        }
    }
}
