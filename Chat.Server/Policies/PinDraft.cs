namespace Chat.Server.Policies;

/// <summary>A pin.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="IsPinned">False: the pin is taken away.</param>
public sealed record PinDraft(long TargetSequence, bool IsPinned) : EntryDraft;
