using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Policies;

/// <summary>Drafts as policies see them.</summary>
internal static class PolicyDrafts
{
    /// <summary>What the draft does; null: policies are not asked about it.</summary>
    public static ChatActKind? KindOf(Draft draft) => draft.Content.Kind switch
    {
        EntryKind.Message => ChatActKind.Send,
        EntryKind.MessageEdited => ChatActKind.Edit,
        EntryKind.MessageDeleted => ChatActKind.Delete,
        EntryKind.ReactionsChanged => ChatActKind.React,
        EntryKind.Pinned or EntryKind.Unpinned => ChatActKind.Pin,
        EntryKind.ConversationCreated => ChatActKind.Create,
        EntryKind.ParticipantsAdded => ChatActKind.Add,
        EntryKind.ParticipantRemoved => ChatActKind.Remove,
        EntryKind.RoleChanged => ChatActKind.SetRole,
        EntryKind.ConversationChanged => ChatActKind.Change,
        _ => null,
    };

    public static Type TypeOf(ChatActKind kind) => kind switch
    {
        ChatActKind.Send => typeof(SendDraft),
        ChatActKind.Edit => typeof(EditDraft),
        ChatActKind.Delete => typeof(DeleteDraft),
        ChatActKind.React => typeof(ReactDraft),
        ChatActKind.Pin => typeof(PinDraft),
        ChatActKind.Create => typeof(CreateDraft),
        ChatActKind.Add => typeof(AddDraft),
        ChatActKind.Remove => typeof(RemoveDraft),
        ChatActKind.SetRole => typeof(RoleDraft),
        _ => typeof(ChangeDraft),
    };

    public static EntryDraft Of(Draft draft)
    {
        // Its place and its time are not known yet; nobody sees them.
        var header = new EntryHeader(draft.Id, draft.ConversationId, 0, draft.SenderId, default);
        return draft.Content.ToEntry(header) switch
        {
            MessageEntry => Sent(draft.Content.ToMessage()),
            MessageEditedEntry edit => new EditDraft(edit.TargetSequence, ContentOf(edit, draft)),
            MessageDeletedEntry deletion => new DeleteDraft(deletion.TargetSequence, deletion.Reason),
            ReactionsChangedEntry reactions => new ReactDraft(reactions.TargetSequence, draft.Reaction?.Keys ?? []),
            PinnedEntry pin => new PinDraft(pin.TargetSequence, IsPinned: true),
            UnpinnedEntry unpin => new PinDraft(unpin.TargetSequence, IsPinned: false),
            ConversationCreatedEntry created => new CreateDraft(
                draft.Makes ?? ConversationKind.Group, created.ParticipantIds, created.Title),
            ParticipantsAddedEntry added => new AddDraft(added.ParticipantIds),
            ParticipantRemovedEntry removed => new RemoveDraft(removed.ParticipantId, draft.Terms is not null),
            RoleChangedEntry role => new RoleDraft(role.ParticipantId, role.Role, role.Until),
            ConversationChangedEntry change => new ChangeDraft(EntryContent.ChangeOf(change)),
            var other => throw new ArgumentException($"no user makes entries of the kind {other.Kind}", nameof(draft)),
        };
    }

    private static SendDraft Sent(in CheckedMessage message) => new(message.Body, message.Options);

    private static EditMessage ContentOf(MessageEditedEntry edit, Draft draft) => new()
    {
        Body = edit.Body, AttachmentUrl = edit.AttachmentUrl, AttachmentMeta = edit.AttachmentMeta,
        Mentions = edit.Mentions, Attachments = edit.Attachments, IfVersion = draft.IfVersion,
        DedupeKey = draft.Content.DedupeKey,
    };
}
