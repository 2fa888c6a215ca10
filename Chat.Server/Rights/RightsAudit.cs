using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Rights;

/// <summary>What is noted of changes of rights: who did what to whom, and not why. The log has it too, as entries that
/// all participants see.</summary>
internal static class RightsAudit
{
    /// <summary>Null for what everybody does: to come, to bring others, to go.</summary>
    public static AuditEntry? Find(Caller caller, ConversationId conversation, RightsChange change)
    {
        var content = change.Content;
        return content.Kind switch
        {
            EntryKind.ParticipantRemoved when change.Terms is not null => Of("participant.ban", content.User()?.Value),
            EntryKind.ParticipantRemoved when content.User() != caller.Id || caller.IsApplication =>
                Of("participant.remove", content.User()?.Value),
            EntryKind.ParticipantsAdded when change.LiftsBans =>
                Of("participant.add_again", string.Join(" user:", content.Payload?.ParticipantIds ?? [])),
            EntryKind.RoleChanged when content.Payload?.Role == ParticipantRole.Readonly =>
                Of("participant.mute", content.User()?.Value),
            EntryKind.RoleChanged => Of("participant.role", $"{content.User()} {RoleOf(content)}"),
            EntryKind.ConversationChanged => Of("conversation.change", null),
            _ => null,
        };

        AuditEntry Of(string act, string? users) => new(
            caller.Tenant, caller.Actor, act, users is null ? $"{conversation}" : $"{conversation} user:{users}")
        {
            Address = caller.Address?.ToString(),
        };
    }

    private static string? RoleOf(EntryContent content) => content.Payload?.Role?.ToString().ToLowerInvariant();

    private static UserId? User(this EntryContent content) => content.Payload?.ParticipantId;
}
