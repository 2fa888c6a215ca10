using System.Text.Json;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports.Rest;

/// <summary>The body that sends a message, as it was written.</summary>
internal struct RestSend
{
    private static readonly JsonFields.FieldReader<RestSend> ReadField = TryReadField;

    public string? SenderId;
    public MessageFields Message;
    public ThreadFields Threads;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestSend Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestSend command, ReadOnlySpan<byte> json)
    {
        if (!reader.ValueTextEquals("sender_id"u8) && !reader.ValueTextEquals("senderId"u8))
            return command.Message.TryRead(ref reader, json) || command.Threads.TryRead(ref reader, json);
        command.SenderId = JsonFields.ReadText(ref reader, new ChatField("senderId"));
        return true;
    }
}
