using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;

namespace Chat.Server.Persistence.Entries;

/// <summary>What is asked for a page of a user's conversations.</summary>
/// <param name="User">Whose.</param>
/// <param name="Page">Which page.</param>
/// <param name="HasLobby">Whether the lobby is everybody's; else it is left out.</param>
/// <param name="Now">The time: who was banned from the lobby until then is so no longer.</param>
internal sealed record ListQuery(UserKey User, CheckedListPage Page, bool HasLobby, DateTimeOffset Now)
{
    /// <summary>Up to so many conversations of a user are all sorted for a page.</summary>
    public const int MostSorted = 2_000;

    /// <summary>Only these of the conversations that the user takes part in; null: all.</summary>
    public IReadOnlyList<ConversationId>? Only { get; init; }
}
