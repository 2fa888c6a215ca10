using System.Text.Json.Serialization;

namespace Chat.Server.Hosting.WebApp;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebAppConfig))]
internal sealed partial class WebAppConfigJson : JsonSerializerContext;
