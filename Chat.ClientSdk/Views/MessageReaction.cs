using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>One reaction to a message, and who put it there.</summary>
/// <param name="Reaction">Usually one emoji.</param>
/// <param name="UserIds">Those who did, first comes first; at least one.</param>
public sealed record MessageReaction(string Reaction, IReadOnlyList<UserId> UserIds);
