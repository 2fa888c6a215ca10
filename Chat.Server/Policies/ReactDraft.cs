namespace Chat.Server.Policies;

/// <summary>The caller's whole set of reactions to a message.</summary>
/// <param name="TargetSequence">The message.</param>
/// <param name="Keys">Emoji, or names between colons; empty: the caller takes all away.</param>
public sealed record ReactDraft(long TargetSequence, IReadOnlyList<string> Keys) : EntryDraft;
