using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts.Identifiers;

/// <summary>The permanent id of an entry, unique across conversations. On every transport, a UUID (version
/// 7).</summary>
[JsonConverter(typeof(MessageIdConverter))]
public readonly record struct MessageId(Guid Value)
{
    /// <summary>A new id that sorts by time (UUID version 7).</summary>
    public static MessageId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}
