namespace Chat.Contracts.Commands;

/// <summary>What goes with a deletion. Everything is optional.</summary>
public sealed record DeleteMessage
{
    /// <summary>Why, which all see; at most 255 characters (Unicode code points).</summary>
    public string? Reason { get; init; }

    /// <summary>As in <see cref="EditMessage.DedupeKey"/>. A deletion is stored once without it, too.</summary>
    public string? DedupeKey { get; init; }
}
