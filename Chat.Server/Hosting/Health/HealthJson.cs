using System.Text.Json.Serialization;

namespace Chat.Server.Hosting.Health;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(ReadinessProblems))]
internal sealed partial class HealthJson : JsonSerializerContext;
