using System.Text.Json.Serialization;
using Chat.Contracts.Entries;

namespace Chat.Server.Transfer.Lines;

/// <summary>An entry of the conversation's log.</summary>
[JsonConverter(typeof(EntryLineConverter))]
internal sealed record EntryLine : TransferLine
{
    public const string Name = "entry";

    public override string Type => Name;

    /// <summary>As it is on the hub.</summary>
    public required ConversationEntry Entry { get; init; }

    /// <summary>The key that an entry other than a message was sent with; messages have theirs themselves.</summary>
    public string? DedupeKey { get; init; }
}
