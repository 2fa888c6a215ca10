using System.Buffers.Text;

namespace Chat.Benchmarks.Load.Clients;

/// <summary>Picks single values out of JSON that this server wrote: a full parse would measure the client.</summary>
internal static class JsonScan
{
    /// <summary>The number after the last such key; -1 when there is none.</summary>
    /// <param name="json">The text.</param>
    /// <param name="key">With quotes and colon.</param>
    public static long LastNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key) =>
        NumberAt(json, json.LastIndexOf(key), key.Length);

    /// <summary>The number after the first such key; -1 when there is none.</summary>
    public static long FirstNumber(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key) =>
        NumberAt(json, json.IndexOf(key), key.Length);

    /// <summary>The text after the first such key, as it is on the wire; empty when there is none. The load's texts
    /// hold nothing that is escaped.</summary>
    public static ReadOnlySpan<byte> FirstText(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        var at = json.IndexOf(key);
        if (at < 0) return default;
        var rest = json[(at + key.Length)..];
        if (rest is not [(byte)'"', ..]) return default;
        var end = rest[1..].IndexOf((byte)'"');
        return end < 0 ? default : rest.Slice(1, end);
    }

    private static long NumberAt(ReadOnlySpan<byte> json, int at, int keyLength) =>
        at >= 0 && Utf8Parser.TryParse(json[(at + keyLength)..], out long value, out _) ? value : -1;
}
