using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Chat.Server.Operators;

/// <summary>What lets operators in.</summary>
internal sealed class OperatorKey
{
    private static readonly byte[] SessionPurpose = "chat operators' session"u8.ToArray();

    // Digests have one length, so the comparison tells nothing of the key's.
    private readonly byte[] _digest;

    /// <param name="text">The key.</param>
    /// <param name="isMade">It was not set, but made here.</param>
    public OperatorKey(string text, bool isMade)
    {
        (Text, IsMade) = (text, isMade);
        _digest = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        SessionKey = HMACSHA256.HashData(_digest, SessionPurpose);
    }

    public string Text { get; }

    public bool IsMade { get; }

    /// <summary>Signs sessions; new with each new key.</summary>
    public byte[] SessionKey { get; }

    /// <summary>256 bits.</summary>
    public static string Make() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public bool Is(string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _digest);
}
