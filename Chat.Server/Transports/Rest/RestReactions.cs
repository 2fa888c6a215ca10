using System.Text.Json;

namespace Chat.Server.Transports.Rest;

/// <summary>A body that sets reactions, as it was written.</summary>
internal struct RestReactions
{
    private static readonly JsonFields.FieldReader<RestReactions> ReadField = TryReadField;

    public ReactionFields Fields;

    /// <returns>The keys; null: none were given.</returns>
    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static List<string>? Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField).Fields.Keys;

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestReactions command, ReadOnlySpan<byte> json) =>
        command.Fields.TryRead(ref reader);
}
