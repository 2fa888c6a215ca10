using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Testing;

/// <summary>Content that the server erases.</summary>
internal sealed partial class InMemoryWorld
{
    private static readonly UserId Eraser = UserId.Parse("system");

    public void EraseUser(UserId user)
    {
        SetName(user, name: null);
        for (var i = 0; i < _reports.Count; i++)
            if (_reports[i].ReporterId == user) _reports[i] = _reports[i] with { Reason = "" };
        foreach (var conversation in _conversations.Values)
            if (conversation.Log.Exists(entry => entry is MessageEntry { Erased: false } && entry.SenderId == user))
                Erase(conversation, through: null, user);
    }

    public void Erase(InMemoryConversation conversation, long? through, UserId? user)
    {
        conversation.Erase(Now, new ContentErasedEntry
        {
            Id = MessageId.New(Now), ConversationId = conversation.Id, Sequence = 0, SenderId = Eraser,
            CreatedAt = Now, ThroughSequence = through, UserId = user,
        });
        TellLists(conversation);
    }
}
