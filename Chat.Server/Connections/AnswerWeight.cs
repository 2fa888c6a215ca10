using System.Buffers;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;

namespace Chat.Server.Connections;

/// <summary>The bytes that an answer holds at most while it is under way: its objects, and what is encoded of
/// them.</summary>
internal static class AnswerWeight
{
    /// <summary>An object of a list with its fields, and their names and numbers in JSON.</summary>
    private const int Item = 512;

    /// <summary>What an escaped character takes in JSON beyond its one byte.</summary>
    private const int Escape = 5;

    /// <summary>The characters that no encoder of ours escapes, and that are one byte in UTF-8.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~");

    public static long Of(HistoryPage page) => Of(page.Entries) + (page.Current?.Sum(Of) ?? 0);

    private static long Of(CurrentMessage current) => Item + Of(current.Body) + Of(current.AttachmentUrl)
        + (current.AttachmentMeta?.Text.Length ?? 0) * 5L + current.Counts.Sum(one => Item + Of(one.Key))
        + current.Mine.Sum(Of) + (current.Mentions is { } mentions ? Of(mentions.Users) : 0)
        + (current.Attachments?.Sum(Of) ?? 0);

    private static long Of(MessageAttachment one) => Item + Of(one.Id) + Of(one.Url) + Of(one.Name)
        + Of(one.MediaType) + (one.Meta?.Text.Length ?? 0) * 5L;

    public static long Of(IReadOnlyList<ConversationEntry> entries)
    {
        var sum = 0L;
        foreach (var entry in entries) sum += Of(entry);
        return sum;
    }

    public static long Of(ConversationEntry? entry)
    {
        if (entry is null) return 0;
        var held = EntryWeight.Of(entry);
        // Of other kinds it is not worth looking: a character is two bytes here, and six when it is escaped.
        return Item + held + (entry is MessageEntry { Attachments: null, Mentions: null } message
            ? Encoded(message.Body) + Encoded(message.AttachmentUrl) + (message.AttachmentMeta?.Text.Length ?? 0) * 3L
            : held * 3);
    }

    public static long Of(IReadOnlyList<ConversationSummary> listed)
    {
        var sum = 0L;
        foreach (var summary in listed)
            sum += Item + Of(summary.Title) + Of(summary.Topic) + Of(summary.AvatarUrl)
                + Of(summary.LastEntry);
        return sum;
    }

    public static long Of(IReadOnlyList<ThreadSummary> threads)
    {
        var sum = 0L;
        foreach (var one in threads) sum += Item + Of(one.People) + Of(one.LastEntry);
        return sum;
    }

    public static long Of(ReactionsPage page)
    {
        long sum = Item;
        foreach (var one in page.Counts) sum += Item + Of(one.Key);
        foreach (var one in page.Users)
        {
            sum += Item + Of(one.UserId.Value);
            foreach (var key in one.Keys) sum += Of(key);
        }
        return sum;
    }

    public static long Of(IReadOnlyList<Pin> pins)
    {
        var sum = 0L;
        foreach (var one in pins) sum += Item + Of(one.PinnedBy.Value) + Of(one.Entry);
        return sum;
    }

    public static long Of(IReadOnlyList<Mention> mentions)
    {
        var sum = 0L;
        foreach (var one in mentions) sum += Item + Of(one.Entry);
        return sum;
    }

    public static long Of(IReadOnlyList<ReadPosition> positions)
    {
        var sum = 0L;
        foreach (var position in positions) sum += Item + Of(position.UserId.Value);
        return sum;
    }

    public static long Of(IReadOnlyList<UserProfile> users)
    {
        var sum = 0L;
        foreach (var user in users) sum += Item + Of(user.UserId.Value) + Of(user.Name);
        return sum;
    }

    public static long Of(ParticipantsPage page)
    {
        var sum = 0L;
        foreach (var one in page.Participants) sum += Item + Of(one.UserId.Value) + Of(one.Reason);
        return sum;
    }

    public static long Of(IReadOnlyList<OpenReport> reports)
    {
        var sum = 0L;
        foreach (var one in reports)
            sum += Item + Of(one.UserId.Value) + Of(one.ReporterId.Value) + Of(one.Reason) + Of(one.Entry);
        return sum;
    }

    public static long Of(IReadOnlyList<UserId> users)
    {
        var sum = 0L;
        foreach (var user in users) sum += Item + Of(user.Value);
        return sum;
    }

    public static long Of(PresenceSnapshot snapshot)
    {
        var sum = 0L;
        foreach (var user in snapshot.Users) sum += Item + Of(user.UserId.Value);
        return sum;
    }

    private static long Of(string? text) => (text?.Length ?? 0) * sizeof(char) + Encoded(text);

    private static long Encoded(string? text)
    {
        var rest = text.AsSpan();
        long sum = rest.Length;
        for (int at; (at = rest.IndexOfAnyExcept(Plain)) >= 0; rest = rest[(at + 1)..]) sum += Escape;
        return sum;
    }
}
