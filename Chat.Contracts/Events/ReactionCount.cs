namespace Chat.Contracts.Events;

/// <summary>How many users have put a reaction to a message.</summary>
/// <param name="Key">The reaction.</param>
/// <param name="Count">How many; at least one.</param>
public sealed record ReactionCount(string Key, long Count);
