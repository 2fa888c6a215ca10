using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts.Identifiers;

/// <summary>Names an entry of a log for ever, across conversations. On every wire a UUID (version 7).</summary>
[JsonConverter(typeof(MessageIdConverter))]
public readonly record struct MessageId(Guid Value)
{
    /// <summary>A new id that sorts by time (UUID version 7).</summary>
    public static MessageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}
