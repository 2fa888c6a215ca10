using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>The reactions of one user to a message.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Keys">All of them, by key; empty when the user has none.</param>
public sealed record ReactionChange(UserId UserId, IReadOnlyList<string> Keys);
