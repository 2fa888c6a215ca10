using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports.Rest;

/// <summary>A body about a read position, as it was written.</summary>
internal struct RestRead
{
    private static readonly JsonFields.FieldReader<RestRead> ReadField = TryReadField;

    public long? Sequence;
    public long? Thread;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestRead Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestRead read, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("seq"u8))
            read.Sequence = JsonFields.ReadNumber(ref reader, PageRules.Sequence.Violation);
        else if (reader.ValueTextEquals("thread"u8))
            read.Thread = JsonFields.ReadNumber(ref reader, PageRules.Thread.Violation);
        else return false;
        return true;
    }
}
