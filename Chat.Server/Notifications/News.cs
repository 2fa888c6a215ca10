using Chat.Contracts.Identifiers;

namespace Chat.Server.Notifications;

/// <summary>What is new in some conversations.</summary>
/// <param name="Pages">Of each that was looked at, the next page.</param>
/// <param name="Left">Those that were not: too much was read before.</param>
/// <param name="Cursors">Those of <see cref="OlderInstances"/>; null: none runs.</param>
internal sealed record News(
    List<NewsPage> Pages, List<Gathering> Left, IReadOnlyDictionary<ConversationId, long>? Cursors);
