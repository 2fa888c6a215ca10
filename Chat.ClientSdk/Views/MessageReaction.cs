using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>One reaction to a message, and the users who added it.</summary>
/// <param name="Reaction">Usually one emoji.</param>
/// <param name="UserIds">The users, in the order in which they reacted; at least one.</param>
public sealed record MessageReaction(string Reaction, IReadOnlyList<UserId> UserIds);
