namespace Chat.Server.Policies;

/// <summary>A deletion.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Reason">Why, or null.</param>
public sealed record DeleteDraft(long TargetSequence, string? Reason) : EntryDraft;
