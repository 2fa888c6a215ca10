using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Chat.Server.Keys;

/// <summary>A secret with a name: <c>ck_&lt;id&gt;_&lt;256 bit&gt;</c> is a key of a back end, <c>ct_…</c> a user's
/// token. Only its digest is stored, under its id.</summary>
internal sealed partial record Credential(string Id, string Text)
{
    public const string Key = "ck_", Token = "ct_";

    public const int IdLength = 16;

    /// <summary>Makes a new one.</summary>
    /// <param name="kind"><see cref="Key"/> or <see cref="Token"/>.</param>
    public static Credential Make(string kind)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength / 2));
        return new Credential(id, $"{kind}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");
    }

    /// <summary>Reads one of either kind; null when it is in another form.</summary>
    public static Credential? Parse(string text) =>
        Form().Match(text) is { Success: true } match ? new Credential(match.Groups[1].Value, text) : null;

    /// <summary>Whether it begins as keys do. Such a text is never taken for anything else.</summary>
    public static bool IsKey(string text) => text.StartsWith(Key, StringComparison.Ordinal);

    /// <summary>Whether it begins as tokens from here do.</summary>
    public static bool IsToken(string text) => text.StartsWith(Token, StringComparison.Ordinal);

    /// <summary>SHA-256. It needs no salt and no slowness: the secret has 256 bits.</summary>
    public byte[] Digest() => SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>Not the secret: records print what they hold.</summary>
    public override string ToString() => Id;

    [GeneratedRegex(@"\Ac[kt]_([0-9a-f]{16})_[A-Za-z0-9_-]{43}\z")]
    private static partial Regex Form();
}
