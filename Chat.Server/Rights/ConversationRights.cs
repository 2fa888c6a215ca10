namespace Chat.Server.Rights;

/// <summary>What users do with conversations beyond reading and writing, for every transport. A refusal is a
/// <see cref="Core.ChatException"/>.</summary>
internal sealed record ConversationRights(
    Creation Creation, Membership Membership, Roles Roles, Settings Settings, ParticipantList Participants,
    Amendments Amendments, Pinning Pinning, Reacting Reacting);
