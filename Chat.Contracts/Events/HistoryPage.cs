using System.Text.Json.Serialization;
using Chat.Contracts.Entries;

namespace Chat.Contracts.Events;

/// <summary>A page of a conversation's log. Entries, <see cref="Current"/> and head are of one moment.</summary>
/// <remarks>It may be shorter than the limit that was asked for: it ends at
/// <see cref="Chat.Contracts.Protocol.ChatLimits.PageBytes"/> of content, with at least one entry. After a sequence
/// there is more while the last entry's is below <paramref name="Head"/>; before one, while the first entry's is above
/// 1. Of <see cref="Chat.Contracts.Commands.HistoryView.Main"/> and of a thread there is more while the page is not
/// empty.</remarks>
/// <param name="Entries">The entries, in ascending order.</param>
/// <param name="Head">The newest sequence of the conversation when the page was read.</param>
/// <param name="Generation">Identifies the log, see <see cref="JoinResult.Generation"/>.</param>
public sealed record HistoryPage(IReadOnlyList<ConversationEntry> Entries, long Head, string Generation = "")
{
    /// <summary>What has become of the messages of the page, for those of which anything has; null where it was not
    /// asked for. It is as of <see cref="Head"/>: only entries above that are applied to it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CurrentMessage>? Current { get; init; }
}
