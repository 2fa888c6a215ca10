using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>A user's position in a log, behind which messages are unread.</summary>
/// <param name="Conversation">Whose log.</param>
/// <param name="User">Whose position: own messages are not unread.</param>
/// <param name="After">The position.</param>
/// <param name="Head">The newest entry that counts.</param>
internal readonly record struct UnreadPlace(ConversationId Conversation, UserId User, long After, long Head)
{
    /// <summary>Unread messages that are counted, of a conversation or a thread.</summary>
    public const int MostCounted = 99;

    /// <summary>Entries that are looked at for a count: from the position on, or shown ones from the newest
    /// back.</summary>
    public const int MostLookedAt = 1_000;

    /// <summary>Whether it takes more than a look from the position on.</summary>
    public bool IsFar => Head - After > MostLookedAt;

    /// <summary>The answer, where it is known from so many that were found from the position on; else null.</summary>
    public Unread? Answer(int found) => found > MostCounted ? new Unread(MostCounted, true)
        : IsFar ? null : new Unread(found, false);

    /// <summary>The answer from what was counted.</summary>
    /// <param name="found">Unread ones.</param>
    /// <param name="isAll">Whether all entries behind the position that matter were looked at.</param>
    public static Unread Counted(int found, bool isAll) =>
        new(Math.Min(found, MostCounted), !isAll || found > MostCounted);
}
