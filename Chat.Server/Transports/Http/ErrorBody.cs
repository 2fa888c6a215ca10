using System.Text.Json.Serialization;

namespace Chat.Server.Transports.Http;

/// <param name="Error">What is wrong, in words.</param>
/// <param name="Version">The version that a message has, where that is what is wrong.</param>
/// <param name="Reason">The word for programs that the application gave with its refusal.</param>
internal sealed record ErrorBody(
    string Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Version = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);
