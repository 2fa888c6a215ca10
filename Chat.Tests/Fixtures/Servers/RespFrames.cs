using System.Buffers.Text;
using System.Text;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>What a Redis server says (RESP2 or RESP3), cut into whole replies, so that single ones can be
/// lost.</summary>
internal sealed class RespFrames
{
    private byte[] _rest = [];

    /// <summary>The whole replies that are there by now, without the messages of channels that are lost.</summary>
    public byte[] Take(ReadOnlySpan<byte> bytes, Func<string, bool> loses)
    {
        byte[] all = [.. _rest, .. bytes];
        using var kept = new MemoryStream(all.Length);
        var at = 0;
        for (var end = at; TryPass(all, ref end); at = end)
            if (Channel(all.AsSpan(at, end - at)) is not { } channel || !loses(channel)) kept.Write(all, at, end - at);
        _rest = all[at..];
        return kept.ToArray();
    }

    /// <summary>The channel if the reply is a message of one: an array or a push of "smessage", channel,
    /// payload.</summary>
    private static string? Channel(ReadOnlySpan<byte> reply)
    {
        var start = "3\r\n$8\r\nsmessage\r\n$"u8;
        if (reply[0] is not ((byte)'*' or (byte)'>') || !reply[1..].StartsWith(start)) return null;
        var name = reply[(1 + start.Length)..];
        return Utf8Parser.TryParse(name, out int length, out var digits)
            ? Encoding.UTF8.GetString(name.Slice(digits + 2, length))
            : null;
    }

    private static bool TryPass(ReadOnlySpan<byte> all, ref int at)
    {
        var line = all[at..].IndexOf("\r\n"u8);
        if (line < 0) return false;
        var end = at + line + 2;
        Utf8Parser.TryParse(all[(at + 1)..end], out int length, out _);
        switch ((char)all[at])
        {
            case '$' or '=' or '!':
                if (length >= 0) end += length + 2;
                break;
            case '*' or '>' or '~' or '%' or '|':
                var parts = (char)all[at] is '%' or '|' ? 2 * length : length;
                for (var i = 0; i < parts; i++)
                    if (!TryPass(all, ref end)) return false;
                break;
        }
        if (end > all.Length) return false;
        at = end;
        return true;
    }
}
