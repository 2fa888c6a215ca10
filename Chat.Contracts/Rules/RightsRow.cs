using Chat.Contracts.Entries;

namespace Chat.Contracts.Rules;

/// <summary>Who may do one thing.</summary>
/// <param name="Act">What.</param>
/// <param name="Kinds">In which conversations; elsewhere nobody may.</param>
/// <param name="Roles">The roles that allow it.</param>
/// <param name="Others">Whether users without a role may: where the conversation is public, or is still to be
/// created.</param>
/// <param name="Application">Whether the application may, calling with a key and for no user.</param>
public sealed record RightsRow(
    ConversationAct Act, IReadOnlyList<ConversationKind> Kinds, IReadOnlyList<ParticipantRole> Roles, bool Others,
    bool Application);
