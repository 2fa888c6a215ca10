using Chat.Contracts.Identifiers;

namespace Chat.Server.Transfer.Reading;

/// <summary>A conversation whose lines are over, and what its row says of its log from then on.</summary>
/// <param name="Id">Which.</param>
/// <param name="Last">The newest entry's sequence; 0: there is none.</param>
/// <param name="LastAt">Its time.</param>
internal sealed record LogEnd(ConversationId Id, long Last, DateTimeOffset? LastAt)
{
    /// <summary>The newest entry that the main stream shows, once one was hidden; 0: none was.</summary>
    public long Shown { get; init; }

    /// <summary>Its time; null while <see cref="Shown"/> is 0.</summary>
    public DateTimeOffset? ShownAt { get; init; }
}
