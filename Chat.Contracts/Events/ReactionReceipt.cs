namespace Chat.Contracts.Events;

/// <summary>The answer to <see cref="Protocol.IChatHub.SetReactions"/>, once the reactions are durable.</summary>
/// <param name="Keys">The caller's reactions to the message from now on, by key.</param>
/// <param name="Sequence">The entry that tells them; null: one follows, at most
/// <c>Chat:Messages:ReactionIntervalMilliseconds</c> after the one before it.</param>
/// <param name="CreatedAt">When the server stored them.</param>
/// <param name="Duplicate">True when they were the caller's reactions already: nothing was stored.</param>
public sealed record ReactionReceipt(
    IReadOnlyList<string> Keys, long? Sequence, DateTimeOffset CreatedAt, bool Duplicate);
