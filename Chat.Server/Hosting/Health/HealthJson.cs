using System.Text.Json.Serialization;

namespace Chat.Server.Hosting.Health;

internal sealed record HealthStatus(string Status);

internal sealed record NotReady(string Status, SortedDictionary<string, string> Failing);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(NotReady))]
internal sealed partial class HealthJson : JsonSerializerContext;
