using System.Text.RegularExpressions;
using Chat.Server.Policies;

namespace EmbeddedChat;

/// <summary>Numbers of cards are not for chats. Asked before a user's message is stored; what the shop says itself is
/// not judged.</summary>
internal sealed partial class NoCardNumbers : IChatPolicy
{
    public ValueTask<ChatVerdict> DecideAsync(ChatAct act, CancellationToken ct)
    {
        var text = act.As<SendDraft>()?.Body ?? act.As<EditDraft>()?.Content.Body;
        return ValueTask.FromResult(text is not null && CardNumber().IsMatch(text)
            ? ChatVerdict.Refuse("Please do not send the number of a card.", "card_number")
            : ChatVerdict.Allow);
    }

    [GeneratedRegex(@"\b(?:[0-9][ -]?){13,19}\b")]
    private static partial Regex CardNumber();
}
