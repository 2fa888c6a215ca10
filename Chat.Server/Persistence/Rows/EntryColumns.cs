using Chat.Contracts.Entries;

namespace Chat.Server.Persistence.Rows;

/// <summary>The columns whose use depends on the kind of the entry.</summary>
/// <param name="Message">The body, of a message or an edit. No body is stored as an empty one: a body is never empty.</param>
internal readonly record struct EntryColumns(
    string Message, MessageType MsgType, string? AttachmentUrl, string? AttachmentMeta, string? DedupeKey, long? TargetSequence, string? Payload)
{
    public static EntryColumns Of(ConversationEntry entry) => entry switch
    {
        MessageEntry m => new(m.Body ?? "", m.MsgType, m.AttachmentUrl, m.AttachmentMeta?.Text, m.DedupeKey, null, null),
        ConversationCreatedEntry c => ForPayload(new EntryPayload { ParticipantIds = c.ParticipantIds, Title = c.Title }),
        ParticipantsAddedEntry a => ForPayload(new EntryPayload { ParticipantIds = a.ParticipantIds }),
        ParticipantRemovedEntry r => ForPayload(new EntryPayload { ParticipantId = r.ParticipantId }),
        ConversationRenamedEntry r => ForPayload(new EntryPayload { Title = r.Title }),
        MessageEditedEntry e => ForTarget(e.TargetSequence, e.Body),
        MessageDeletedEntry d => ForTarget(d.TargetSequence),
        ReactionEntry r => ForTarget(r.TargetSequence) with { Payload = new EntryPayload { Reaction = r.Reaction, Removed = r.Removed }.ToText() },
        _ => throw new ArgumentException($"no columns for entries of kind {entry.Kind}", nameof(entry)),
    };

    private static EntryColumns ForPayload(EntryPayload payload) => new("", MessageType.Text, null, null, null, null, payload.ToText());

    private static EntryColumns ForTarget(long target, string message = "") => new(message, MessageType.Text, null, null, null, target, null);
}
