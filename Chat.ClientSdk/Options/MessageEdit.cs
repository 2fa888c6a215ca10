using Chat.Contracts.Commands;

namespace Chat.ClientSdk.Sending;

/// <summary>A message is to say something else.</summary>
public sealed record MessageEdit : MessageChange
{
    /// <summary>What it is to say: it replaces all that the message said.</summary>
    public required EditMessage Command { get; init; }
}
