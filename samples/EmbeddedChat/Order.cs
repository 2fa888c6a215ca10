namespace EmbeddedChat;

/// <summary>What somebody has ordered.</summary>
public sealed class Order
{
    public required Guid Id { get; init; }

    public required string Item { get; init; }

    /// <summary>The id of a user, in the shop and in the chat.</summary>
    public required string Customer { get; init; }

    /// <summary>Where customer and clerk talk about it.</summary>
    public required Guid Conversation { get; init; }

    public bool IsShipped { get; set; }

    /// <summary>The sequence of the newest message; 0: nobody has said anything.</summary>
    public long LastSequence { get; set; }

    /// <summary>The newest message.</summary>
    public string? LastWords { get; set; }
}
