using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.Server.Persistence.Entries;

/// <summary>A page of what is shown, of one moment.</summary>
/// <param name="Entries">Ascending.</param>
/// <param name="Current">What has become of the messages among them, of those of which anything has.</param>
/// <param name="Head">The newest sequence of the conversation.</param>
internal sealed record ShownPage(
    IReadOnlyList<ConversationEntry> Entries, IReadOnlyList<CurrentMessage> Current, long Head);
