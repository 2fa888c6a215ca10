using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.ClientSdk.Sending;

/// <summary>What could not even be kept or named is refused at the call; everything else is the server's to judge.</summary>
internal static class MessageCheck
{
    /// <exception cref="ArgumentException">The message says what is wrong and what is allowed.</exception>
    public static void Check(string? body, SendOptions? options)
    {
        if (body is not null && !ChatText.IsWellFormed(body)) throw new ArgumentException("The body has a lone surrogate; it must be valid Unicode.", nameof(body));
        if (options?.DedupeKey is not { } key) return;
        if (key.Length is 0 or > ChatLimits.DedupeKeyLength || !ChatText.IsWellFormed(key))
            throw new ArgumentException($"DedupeKey must have 1 to {ChatLimits.DedupeKeyLength} characters of valid Unicode, or be null for one that is made.", nameof(options));
    }
}
