using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Views;

/// <summary>A message that the client has accepted and whose entry has not come yet. A screen shows it after the
/// entries.</summary>
/// <param name="ConversationId">Where to.</param>
/// <param name="DedupeKey">Identifies it until its entry comes, which has the same key.</param>
/// <param name="Body">The text, as it was given.</param>
/// <param name="Options">The rest, as it was given; null for none.</param>
/// <param name="AcceptedAt">When it was accepted, by this machine's clock.</param>
/// <param name="Failure">Why it will not be sent; null while it is still to be sent.</param>
/// <param name="Sequence">Its sequence, from the receipt until its entry comes; null before that.</param>
public sealed record OptimisticMessage(
    ConversationId ConversationId, string DedupeKey, string? Body, SendOptions? Options, DateTimeOffset AcceptedAt,
    Exception? Failure = null, long? Sequence = null);
