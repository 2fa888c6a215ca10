namespace Chat.ClientSdk.Reading;

/// <summary>How far one reader has come in a conversation.</summary>
/// <param name="Sequence">The last one; -1: none was saved.</param>
/// <param name="Generation">Of the log in which that was; null: not known.</param>
internal readonly record struct SavedCursor(long Sequence = -1, string? Generation = null);
