using Chat.Contracts.Identifiers;

namespace Chat.Server.Policies;

/// <summary>A participant who is to go.</summary>
/// <param name="ParticipantId">Who; the caller, who leaves, or somebody else.</param>
/// <param name="IsBan">True: they may not come back by themselves.</param>
public sealed record RemoveDraft(UserId ParticipantId, bool IsBan) : EntryDraft;
