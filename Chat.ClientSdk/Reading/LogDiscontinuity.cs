using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>The server's log of a conversation was put back to an earlier state, after a failure or from a backup: what
/// was shown after a sequence no longer exists.</summary>
/// <param name="ConversationId">Which conversation.</param>
/// <param name="AfterSequence">The last entry that is still valid. The entries that follow have sequences that were
/// used before.</param>
public sealed record LogDiscontinuity(ConversationId ConversationId, long AfterSequence);
