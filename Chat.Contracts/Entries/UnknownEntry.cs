namespace Chat.Contracts.Entries;

/// <summary>An entry of a kind that came after this version: only what all entries have in common is known of
/// it.</summary>
/// <remarks>It has its place in the log like any other. Nothing is shown for it, and cursors move over it.</remarks>
public sealed record UnknownEntry : ConversationEntry;
