using System.Text.Json.Serialization;

namespace Chat.Server.Transports.WebSockets;

internal sealed record ErrorBody([property: JsonPropertyName("error")] string Error);

[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class RawSocketJson : JsonSerializerContext;
