using System.Text.Json;

namespace Chat.Server.Transports.Rest;

/// <summary>A body that edits a message, as it was written.</summary>
internal struct RestEdit
{
    private static readonly JsonFields.FieldReader<RestEdit> ReadField = TryReadField;

    public MessageFields Message;
    public ThreadFields Threads;
    public AmendmentFields Amendment;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RestEdit Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RestEdit command, ReadOnlySpan<byte> json) =>
        command.Message.TryRead(ref reader, json) || command.Amendment.TryRead(ref reader)
        || command.Threads.TryRead(ref reader, json);
}
