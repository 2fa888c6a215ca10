using System.Text.Json.Serialization;

namespace Chat.Server.Operators;

/// <param name="Key">The operators' key.</param>
/// <param name="Name">Who it is, for the log; may be left out.</param>
internal sealed record SignIn(string? Key, string? Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignIn))]
internal sealed partial class SignInJson : JsonSerializerContext;
