using System.Text.Json;

namespace Chat.Contracts.Json;

/// <summary>JSON that is well formed but not a value of the contract. Its message says what is allowed and is meant for
/// users.</summary>
public sealed class InvalidValueException(string message) : JsonException(message);
