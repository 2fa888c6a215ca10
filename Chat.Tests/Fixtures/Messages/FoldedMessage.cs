using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.Tests.Fixtures.Messages;

/// <summary>A message after all that has become of it.</summary>
/// <param name="Message">What it says now.</param>
/// <param name="Version">The sequence of its newest edit or its deletion, else its own.</param>
internal sealed record FoldedMessage(MessageEntry Message, long Version)
{
    public long Sequence => Message.Sequence;

    public bool IsDeleted { get; init; }

    public bool IsPinned { get; init; }

    /// <summary>Replies in its thread that were not deleted.</summary>
    public long Replies { get; init; }

    /// <summary>Its newest reply, a deleted one too; 0 before the first.</summary>
    public long LastReply { get; init; }

    /// <summary>Its reactions, as they were told last.</summary>
    public IReadOnlyList<ReactionCount> Counts { get; init; } = [];

    public static string TextOf(IEnumerable<ReactionCount> counts) =>
        string.Join(' ', counts.Select(one => $"{one.Count}{one.Key}"));

    /// <summary>What entries have made of it, but for its content, in one line.</summary>
    public string Changes => $"{Sequence}, version {Version}{(IsPinned ? ", pinned" : "")}, {Replies} replies until "
        + $"{LastReply}, {TextOf(Counts)}";

    /// <summary>All of it in one line, to be compared.</summary>
    public override string ToString()
    {
        var (m, mentions) = (Message, Message.Mentions);
        return $"{Changes}{(IsDeleted ? ", deleted" : "")}, of {m.SenderId}, to {m.ReplyTo} in {m.Thread} "
            + $"{m.AlsoInConversation}: {m.Body} {m.AttachmentUrl} "
            + $"{string.Join(' ', m.Attachments?.Select(one => one.Url) ?? [])} for "
            + $"{string.Join(' ', mentions?.Users ?? [])} {mentions is { Everyone: true }}";
    }
}
