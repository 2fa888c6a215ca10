using System.Buffers.Text;
using System.Diagnostics;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>What a message says about itself, so that its receiver can check it: hexadecimal, at the start of
/// its text.</summary>
/// <param name="Run">Tells runs apart.</param>
/// <param name="Room">Where it was sent.</param>
/// <param name="Sender">The sender's place in the room.</param>
/// <param name="Number">The sender's messages count from 1.</param>
/// <param name="SentAt">A <see cref="Stopwatch"/> time.</param>
internal readonly record struct Marker(uint Run, int Room, int Sender, int Number, long SentAt)
{
    public const int Length = 42;

    private const string Prefix = "LD";

    public static byte[] Text(Marker m, int bodyBytes)
    {
        var text = new byte[Math.Max(Length, bodyBytes)];
        text.AsSpan().Fill((byte)'x');
        System.Text.Encoding.ASCII.GetBytes($"{Prefix}{m.Run:x8}{m.Room:x4}{m.Sender:x4}{m.Number:x8}{m.SentAt:x16}",
            text);
        return text;
    }

    public static bool TryRead(ReadOnlySpan<byte> body, out Marker marker)
    {
        marker = default;
        if (body.Length < Length || body[0] != Prefix[0] || body[1] != Prefix[1]) return false;
        marker = new Marker((uint)Hex(body.Slice(2, 8)), (int)Hex(body.Slice(10, 4)), (int)Hex(body.Slice(14, 4)),
            (int)Hex(body.Slice(18, 8)), Hex(body.Slice(26, 16)));
        return true;
    }

    private static long Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out long value, out _, 'x') ? value : -1;
}
