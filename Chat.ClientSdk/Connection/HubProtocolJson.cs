using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;

namespace Chat.ClientSdk.Connection;

/// <summary>The JSON of hub calls: source-generated only, so that it survives trimming.</summary>
internal static class HubProtocolJson
{
    public static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        // Not shown in a page: characters beyond ASCII need no escapes, which make them up to three times as long.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ChatJsonContext.Default, ArgumentJsonContext.Default),
    };
}

/// <summary>SignalR serializes an argument as the type that it has at run time; these are not among the
/// contracts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UserId[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class ArgumentJsonContext : JsonSerializerContext;
