using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Events;

/// <summary>What a connection gets when it joined a conversation.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="AfterSequence">The cursor: the first entry that will be shown is the one after it. Everything up to
/// <paramref name="Head"/> is history.</param>
/// <param name="Head">The newest sequence when the join was made.</param>
/// <param name="Generation">Names the log: another one than before means that it was put back to an earlier
/// state.</param>
public sealed record JoinResult(
    ConversationId ConversationId, long AfterSequence, long Head, string Generation = "");
