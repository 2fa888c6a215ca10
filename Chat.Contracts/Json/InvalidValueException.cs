using System.Text.Json;

namespace Chat.Contracts.Json;

/// <summary>JSON that is well formed but not a value of the contract. Its text says what is allowed, in words for
/// users.</summary>
public sealed class InvalidValueException(string message) : JsonException(message);
