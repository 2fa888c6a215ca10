using Chat.Contracts.Identifiers;

namespace Chat.Server.Policies;

/// <summary>New participants.</summary>
/// <param name="ParticipantIds">Those who are not there yet.</param>
public sealed record AddDraft(IReadOnlyList<UserId> ParticipantIds) : EntryDraft;
