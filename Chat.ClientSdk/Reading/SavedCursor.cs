namespace Chat.ClientSdk.Reading;

/// <summary>The cursor of one reader in a conversation.</summary>
/// <param name="Sequence">The last one; -1: none was saved.</param>
/// <param name="Generation">The generation of the log; null: not known.</param>
internal readonly record struct SavedCursor(long Sequence = -1, string? Generation = null);
