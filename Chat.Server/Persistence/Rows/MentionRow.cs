using Chat.Contracts.Identifiers;
using Chat.Server.Callers;

namespace Chat.Server.Persistence.Rows;

/// <summary>A message that mentions a user.</summary>
internal sealed class MentionRow
{
    /// <summary>Who stands for everyone: no user has that name here.</summary>
    public const string Everyone = "*";

    public required ConversationId ConversationId { get; init; }

    /// <summary>The conversation's.</summary>
    public required Tenant Tenant { get; init; }

    public required UserId UserId { get; init; }

    /// <summary>The message's, also where an edit mentions the user.</summary>
    public required long Sequence { get; init; }

    /// <summary>The thread of the message, as of <see cref="MessageRow.Thread"/>.</summary>
    public long? Thread { get; init; }

    /// <summary>When the message was sent.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
