using System.Text.Json.Serialization;
using Chat.Contracts.Json;

namespace Chat.Contracts.Identifiers;

/// <summary>The id of a conversation. On every transport, a UUID in its usual text form.</summary>
[JsonConverter(typeof(ConversationIdConverter))]
public readonly record struct ConversationId(Guid Value) : IComparable<ConversationId>
{
    /// <summary>The public conversation that every server has: anyone may read it and write to it. It is also the
    /// room of the REST API.</summary>
    public static readonly ConversationId Lobby = new(new Guid("00000000-0000-0000-0000-000000000001"));

    /// <summary>A new id that sorts by time (UUID version 7).</summary>
    public static ConversationId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>Reads the usual text form of a UUID, hyphens required, in any case.</summary>
    public static bool TryParse(string? text, out ConversationId id)
    {
        var ok = Guid.TryParseExact(text, "D", out var value);
        id = new ConversationId(value);
        return ok;
    }

    /// <summary>The order of the text form.</summary>
    public int CompareTo(ConversationId other) => Value.CompareTo(other.Value);

    /// <inheritdoc />
    public override string ToString() => Value.ToString("D");
}
