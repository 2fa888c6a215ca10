using System.Text.Json.Serialization;

namespace Chat.ClientSdk.Sending;

/// <summary>What is to happen to a message: <see cref="MessageEdit"/>, <see cref="MessageDeletion"/> or
/// <see cref="MessageReactions"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MessageEdit), "edit")]
[JsonDerivedType(typeof(MessageDeletion), "delete")]
[JsonDerivedType(typeof(MessageReactions), "reactions")]
public abstract record MessageChange
{
    private protected MessageChange() { }

    /// <summary>The message's sequence. Null while the message itself waits in the outbox, see
    /// <see cref="TargetKey"/>.</summary>
    public long? TargetSequence { get; init; }

    /// <summary>Of a message that was not stored yet when it was changed: its dedupe key. Else null.</summary>
    public string? TargetKey { get; init; }
}
