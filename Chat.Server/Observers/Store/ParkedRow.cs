using Chat.Contracts.Identifiers;

namespace Chat.Server.Observers.Store;

/// <summary>A conversation that is shown to an observer apart from the others, mostly because it failed.</summary>
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

    /// <summary>A conversation that did not fail: it is shown apart, at once, from behind this sequence on.</summary>
    public static ParkedRow Due(string observer, ConversationId conversation, long position) => new()
    {
        Observer = observer, ConversationId = conversation, Position = position, Attempts = 0,
        NextAt = DateTimeOffset.UnixEpoch, Error = null,
    };
}
