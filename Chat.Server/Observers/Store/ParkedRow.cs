using Chat.Contracts.Identifiers;

namespace Chat.Server.Observers.Store;

/// <summary>A conversation that an observer failed with: it is shown apart from the others.</summary>
internal sealed class ParkedRow
{
    public const int ErrorLength = 500;

    public required string Observer { get; init; }

    public required ConversationId ConversationId { get; init; }

    /// <summary>The sequence up to which the conversation was shown.</summary>
    public required long Position { get; init; }

    /// <summary>How often it failed in a row since.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset NextAt { get; init; }

    public required string? Error { get; init; }
}
