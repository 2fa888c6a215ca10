using Chat.Contracts.Identifiers;

namespace Chat.Server.Observers;

/// <summary>A conversation that failed, and is shown apart from the others.</summary>
/// <param name="Conversation">Which.</param>
/// <param name="Position">The sequence up to which it was shown.</param>
/// <param name="Attempts">How often it failed in a row since.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="Error">What it failed with last.</param>
internal sealed record Parked(
    ConversationId Conversation, long Position, int Attempts, DateTimeOffset NextAt, string? Error);
