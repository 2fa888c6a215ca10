using System.Text.Json.Serialization;

namespace Chat.Server.Hosting.Health;

internal sealed record HealthStatus(string Status);

/// <param name="Status">In a word.</param>
/// <param name="Failing">Why it should be sent no traffic, by the check's name; left out when nothing is.</param>
/// <param name="Degraded">What does not work and keeps it from nothing; left out when all does.</param>
internal sealed record ReadinessProblems(
    string Status, SortedDictionary<string, string>? Failing, SortedDictionary<string, string>? Degraded);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthStatus))]
[JsonSerializable(typeof(ReadinessProblems))]
internal sealed partial class HealthJson : JsonSerializerContext;
