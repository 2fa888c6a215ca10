using System.Text.Json.Serialization;
using Chat.Server.Web;

namespace Chat.Server.Hosting.WebApp;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebAppConfig))]
[JsonSerializable(typeof(WebFileList))]
internal sealed partial class WebAppConfigJson : JsonSerializerContext;
