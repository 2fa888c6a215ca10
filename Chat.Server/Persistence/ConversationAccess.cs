using Chat.Contracts.Entries;

namespace Chat.Server.Persistence;

/// <summary>What one user may do in one conversation.</summary>
/// <param name="Kind">The conversation's kind.</param>
/// <param name="Role">The user's role; null for one who does not take part.</param>
/// <param name="AsOf">The conversation's newest sequence when this was read: every removal up to it is accounted
/// for.</param>
internal sealed record ConversationAccess(ConversationKind Kind, ParticipantRole? Role, long AsOf)
{
    public bool MayRead => Role is not ParticipantRole.Blocked && (Role is not null || Kind == ConversationKind.Public);

    public bool MayWrite => MayRead;

    public bool MayAddParticipants =>
        Kind == ConversationKind.Group && Role is ParticipantRole.Member or ParticipantRole.Owner;

    public bool MayRemoveOthers => Kind == ConversationKind.Group && Role is ParticipantRole.Owner;
}
