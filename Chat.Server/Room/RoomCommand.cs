using System.Text.Json;
using Chat.Contracts.Rules;
using Chat.Server.Transports;

namespace Chat.Server.Room;

/// <summary>The body of a request to the room, as it was written.</summary>
internal struct RoomCommand
{
    private static readonly JsonFields.FieldReader<RoomCommand> ReadField = TryReadField;

    public string? ClientId;
    public string? Message;

    /// <exception cref="Core.ChatException">It is not an object of the documented shape; the text says what is
    /// wrong.</exception>
    public static RoomCommand Parse(byte[] body) => JsonFields.ReadObject(body, "the body", ReadField);

    private static bool TryReadField(ref Utf8JsonReader reader, ref RoomCommand command, ReadOnlySpan<byte> json)
    {
        if (reader.ValueTextEquals("client_id"u8))
            command.ClientId = JsonFields.ReadText(ref reader, new ChatField("clientId"));
        else if (reader.ValueTextEquals("message"u8))
            command.Message = JsonFields.ReadText(ref reader, new ChatField("message"));
        else return false;
        return true;
    }
}
