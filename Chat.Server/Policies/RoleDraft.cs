using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Policies;

/// <summary>A role.</summary>
/// <param name="ParticipantId">Whose.</param>
/// <param name="Role">Which.</param>
/// <param name="Until">When a mute ends; null: it does not.</param>
public sealed record RoleDraft(UserId ParticipantId, ParticipantRole Role, DateTimeOffset? Until) : EntryDraft;
