using Chat.Contracts.Commands;

namespace Chat.Contracts.Rules;

/// <summary>A message as it is stored: trimmed, and null for what is empty.</summary>
/// <param name="Body">The text; null for none.</param>
/// <param name="Options">The rest.</param>
public readonly record struct CheckedMessage(string? Body, SendOptions Options);
