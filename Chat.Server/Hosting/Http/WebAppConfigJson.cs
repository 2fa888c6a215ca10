using System.Text.Json.Serialization;

namespace Chat.Server.Hosting.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WebAppConfig))]
internal sealed partial class WebAppConfigJson : JsonSerializerContext;
