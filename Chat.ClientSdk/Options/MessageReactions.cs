namespace Chat.ClientSdk.Sending;

/// <summary>The user's reactions to a message are to be these.</summary>
public sealed record MessageReactions : MessageChange
{
    /// <summary>All of them; none takes all away.</summary>
    public required IReadOnlyList<string> Keys { get; init; }
}
