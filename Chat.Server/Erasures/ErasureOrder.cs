using Chat.Contracts.Identifiers;

namespace Chat.Server.Erasures;

/// <summary>What is to be erased in a conversation.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="Through">Up to where everything; null: a user's content.</param>
/// <param name="User">Whose; null: everybody's.</param>
/// <param name="Name">Names the order: its entry is stored once, however often it is carried out.</param>
internal sealed record ErasureOrder(ConversationId ConversationId, long? Through, UserId? User, string Name)
{
    /// <summary>The sender of the entry: no user erases.</summary>
    public static readonly UserId Sender = UserId.Parse("system");

    /// <summary>Up to there it is erased already.</summary>
    public long After { get; init; }
}
