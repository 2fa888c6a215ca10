using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>A message, or a change of one, that the client has accepted and whose entry has not come yet.</summary>
/// <param name="ConversationId">Where to.</param>
/// <param name="DedupeKey">Identifies it until its entry comes, which has the same key.</param>
/// <param name="Body">The text, as it was given; null of a change.</param>
/// <param name="Options">The rest, as it was given; null for none.</param>
/// <param name="AcceptedAt">When it was accepted, by this machine's clock.</param>
/// <param name="Failure">Why it will not be sent; null while it is still to be sent.</param>
/// <param name="Sequence">Its sequence, from the receipt until its entry comes; null before that.</param>
public sealed record OptimisticMessage(
    ConversationId ConversationId, string DedupeKey, string? Body, SendOptions? Options, DateTimeOffset AcceptedAt,
    Exception? Failure = null, long? Sequence = null)
{
    /// <summary>Null: it is a message, which a screen shows after the entries. Else what is to happen to
    /// one.</summary>
    public MessageChange? Change { get; init; }

    /// <summary>Of reactions that are stored, until an entry tells them.</summary>
    internal ReactionReceipt? Stored { get; init; }
}
