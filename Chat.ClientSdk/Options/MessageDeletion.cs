using Chat.Contracts.Commands;

namespace Chat.ClientSdk.Sending;

/// <summary>A message is to be deleted, for ever.</summary>
public sealed record MessageDeletion : MessageChange
{
    /// <summary>What goes with it.</summary>
    public required DeleteMessage Command { get; init; }
}
