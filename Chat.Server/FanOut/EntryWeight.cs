using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.FanOut;

/// <summary>The bytes that an entry holds in memory, without its encodings.</summary>
internal static class EntryWeight
{
    /// <summary>What an array or a string holds beside its content.</summary>
    public const int Header = 24;

    /// <summary>The entry's own object with its fields, its place in a ring and the object for its encodings.</summary>
    private const int Object = 384;

    /// <summary>An attachment's own object.</summary>
    private const int Attachment = 96;

    public static long Of(ConversationEntry entry) => Object + Of(entry.SenderId) + entry switch
    {
        MessageEntry m => Of(m.Body) + Of(m.AttachmentUrl) + Of(m.AttachmentMeta?.Text) + Of(m.DedupeKey)
            + OfRest(m.Mentions, m.Attachments),
        ConversationCreatedEntry c => Of(c.ParticipantIds) + Of(c.Title),
        ParticipantsAddedEntry a => Of(a.ParticipantIds),
        ParticipantRemovedEntry r => Of(r.ParticipantId),
        RoleChangedEntry r => Of(r.ParticipantId),
        ConversationChangedEntry c => Of(c.Title) + Of(c.Topic) + Of(c.AvatarUrl),
        MessageEditedEntry e => Of(e.Body) + Of(e.AttachmentUrl) + Of(e.AttachmentMeta?.Text)
            + OfRest(e.Mentions, e.Attachments),
        MessageDeletedEntry d => Of(d.Reason),
        ReactionsChangedEntry r => Of(r),
        _ => 0,
    };

    private static long Of(ReactionsChangedEntry reactions)
    {
        long sum = Header;
        foreach (var one in reactions.Counts) sum += Header + Of(one.Key);
        foreach (var one in reactions.Changes ?? [])
        {
            sum += Header + Of(one.UserId);
            foreach (var key in one.Keys) sum += Of(key);
        }
        return sum;
    }

    /// <summary>What a message has beyond its texts.</summary>
    private static long OfRest(MessageMentions? mentions, IReadOnlyList<MessageAttachment>? attachments)
    {
        var sum = mentions is null ? 0 : Header + Of(mentions.Users);
        foreach (var one in attachments ?? [])
            sum += Attachment + Of(one.Id) + Of(one.Url) + Of(one.Name) + Of(one.MediaType) + Of(one.Meta?.Text);
        return sum;
    }

    private static long Of(string? text) => text is null ? 0 : Header + text.Length * sizeof(char);

    private static long Of(UserId user) => Of(user.Value);

    private static long Of(IReadOnlyList<UserId> users)
    {
        long sum = Header;
        foreach (var user in users) sum += Of(user) + IntPtr.Size;
        return sum;
    }
}
