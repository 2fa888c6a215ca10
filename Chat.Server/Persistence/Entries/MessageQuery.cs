namespace Chat.Server.Persistence.Entries;

/// <summary>Asks for a page of the messages of a log, without the other kinds of entries.</summary>
/// <param name="After">Only those with a larger sequence.</param>
/// <param name="Before">Only those with a smaller sequence.</param>
/// <param name="FromOldest">The page begins after <paramref name="After"/>; otherwise it ends before
/// <paramref name="Before"/>.</param>
/// <param name="Offset">How many to leave out at that end.</param>
internal readonly record struct MessageQuery(long After, long Before, bool FromOldest, int Offset);
