using System.Text.Json;

namespace Chat.Server.Transports.Rest;

/// <summary>A body about roles or settings, as it was written.</summary>
internal struct RestRights
{
    private static readonly JsonFields.FieldReader<RestRights> ReadField = TryReadField;

    public RightsFields Fields;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RightsFields Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField).Fields;

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestRights command, ReadOnlySpan<byte> json) =>
        command.Fields.TryRead(ref reader);
}
