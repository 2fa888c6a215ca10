using System.Text;
using System.Text.Unicode;

namespace Chat.Server.Tasks.Admin;

/// <summary>Prepares a payload for display.</summary>
internal static class TaskPayload
{
    /// <summary>Maximum number of bytes that are shown.</summary>
    public const int ShownBytes = 2_048;

    public static PayloadBody Show(byte[] payload)
    {
        var isCut = payload.Length > ShownBytes;
        var shown = payload.AsSpan(0, isCut ? ShownBytes : payload.Length);
        if (!Utf8.IsValid(payload)) return new PayloadBody(null, Convert.ToBase64String(shown), payload.Length, isCut);
        // The cut must not split a character: bytes 10xxxxxx continue one.
        var end = shown.Length;
        while (isCut && (payload[end] & 0xC0) == 0x80) end--;
        return new PayloadBody(Encoding.UTF8.GetString(shown[..end]), null, payload.Length, isCut);
    }
}
