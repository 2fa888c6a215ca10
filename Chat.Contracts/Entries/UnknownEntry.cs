namespace Chat.Contracts.Entries;

/// <summary>An entry of a kind that a later version added: it has only what all entries have.</summary>
/// <remarks>It has its sequence like any other entry. Nothing is shown for it, and cursors move past it.</remarks>
public sealed record UnknownEntry : ConversationEntry;
