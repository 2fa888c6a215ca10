using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>Says when somebody writes to a conversation that is not on the screen.</summary>
internal sealed class News(UserId self, Transcript transcript, Func<ConversationId> current)
{
    private readonly Dictionary<ConversationId, long> _said = [];

    public void Heard(ConversationListChange change)
    {
        if (change.Summary is not { } summary)
        {
            if (_said.Remove(change.ConversationId) && change.ConversationId != current())
                transcript.Remark($"you were removed from {change.ConversationId}");
            return;
        }
        var isNews = summary.LastSequence > _said.GetValueOrDefault(summary.Id) && summary.UnreadCount > 0;
        _said[summary.Id] = summary.LastSequence;
        if (!isNews || summary.IsMuted || summary.Id == current() || summary.Id == ConversationId.Lobby) return;
        if (summary.LastEntry is not MessageEntry message || message.SenderId == self) return;
        var name = Text.OneLine(summary.Title ?? $"{summary.Kind}".ToLowerInvariant());
        transcript.Remark($"{transcript.Name(message.SenderId)} in {name}: {Text.OneLine(message.Body)} "
            + $"({summary.UnreadCount} unread, /join {summary.Id})");
    }
}
