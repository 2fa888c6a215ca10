using Chat.Contracts.Commands;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Sending;

/// <summary>Refuses what the server would refuse in any case, with the same words, before it costs a
/// connection.</summary>
internal static class MessageCheck
{
    /// <returns>The refusal; null when the message is as <see cref="MessageRules"/> allow.</returns>
    public static ChatRefusedException? Find(string? body, SendOptions? options) =>
        MessageRules.Check(body, options, out _) is { } violation
            ? new ChatRefusedException(violation.ToError())
            : null;

    /// <returns>The message as it is sent: what the server would cut off at its ends may be larger than it
    /// reads.</returns>
    /// <exception cref="ChatRefusedException">The message violates <see cref="MessageRules"/>.</exception>
    public static CheckedMessage Check(string? body, SendOptions? options) =>
        MessageRules.Check(body, options, out var message) is { } violation
            ? throw new ChatRefusedException(violation.ToError())
            : message;
}
