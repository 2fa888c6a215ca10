using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>The answer to a join.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AfterSequence">The cursor: the first entry that will be shown is the one after it. Everything up to
/// <paramref name="Head"/> is history.</param>
/// <param name="Head">The newest sequence when the join was made.</param>
/// <param name="Generation">Identifies the log. A changed value means that the log was put back to an earlier
/// state.</param>
public sealed record JoinResult(
    ConversationId ConversationId, long AfterSequence, long Head, string Generation = "");
