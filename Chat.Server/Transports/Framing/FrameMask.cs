using System.Numerics;

namespace Chat.Server.Transports.Framing;

/// <summary>Takes the mask off what a client sent (RFC 6455, 5.3).</summary>
internal static class FrameMask
{
    /// <param name="masked">What came.</param>
    /// <param name="plain">Where it goes; at least as long.</param>
    /// <param name="mask">Its first byte is the lowest.</param>
    /// <param name="at">The byte of the mask, 0 to 3, that the first byte stands under.</param>
    /// <returns>The same for the byte behind the last.</returns>
    public static int TakeOff(ReadOnlySpan<byte> masked, Span<byte> plain, uint mask, int at)
    {
        var turned = BitOperations.RotateRight(mask, 8 * at);
        var i = 0;
        if (BitConverter.IsLittleEndian && Vector.IsHardwareAccelerated)
        {
            var wide = Vector.AsVectorByte(new Vector<uint>(turned));
            for (; i <= masked.Length - Vector<byte>.Count; i += Vector<byte>.Count)
                (new Vector<byte>(masked[i..]) ^ wide).CopyTo(plain[i..]);
        }
        for (; i < masked.Length; i++) plain[i] = (byte)(masked[i] ^ (turned >> (8 * (i & 3))));
        return (at + masked.Length) & 3;
    }
}
