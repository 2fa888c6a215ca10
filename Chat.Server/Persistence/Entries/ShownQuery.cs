using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>Asks for a page of what is shown.</summary>
/// <param name="After">Only entries with a larger sequence, the first ones; null: those before
/// <paramref name="Before"/>, the last ones.</param>
/// <param name="Before">Only entries with a smaller sequence.</param>
/// <param name="Thread">The thread's first message; 0: the main stream.</param>
/// <param name="Reader">Whose own reactions the page has.</param>
internal readonly record struct ShownQuery(long? After, long Before, long Thread, UserId Reader);
