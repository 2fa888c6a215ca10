using Chat.Contracts.Commands;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Sending;

/// <summary>Refuses at the call what the server would refuse in any case, with the same words.</summary>
internal static class MessageCheck
{
    /// <exception cref="ChatRefusedException">The message is not as <see cref="MessageRules"/> allow.</exception>
    public static void Check(string? body, SendOptions? options)
    {
        if (MessageRules.Check(body, options, out _) is { } violation)
            throw new ChatRefusedException(violation.ToError());
    }
}
