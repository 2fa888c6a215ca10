namespace Chat.Contracts.Events;

/// <summary>The replies of a thread.</summary>
/// <param name="Count">How many; deleted ones are not counted.</param>
/// <param name="LastSequence">The sequence of the newest one.</param>
public sealed record ThreadReplies(long Count, long LastSequence);
