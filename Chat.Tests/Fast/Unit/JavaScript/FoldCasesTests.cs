using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.Transports;

namespace Chat.Tests.Unit.JavaScript;

/// <summary>What <see cref="MessageFold"/> makes of generated messages and their changes is written into a file, to
/// which the tests in JavaScript hold the client (<c>sdk/fold.test.mjs</c>): both fold alike.</summary>
public sealed class FoldCasesTests
{
    private const int Cases = 200;

    /// <summary>With CHAT_ACCEPT_API=1 the file is written again.</summary>
    [Fact]
    public void The_cases_of_folds_for_JavaScript_say_what_the_fold_says()
    {
        var file = Path.Combine(Repository.Root, "Chat.Tests", "node", "sdk", "fold-cases.json");
        var random = new Random(20_263);
        var cases = Enumerable.Range(0, Cases).Select(_ => Case(random)).ToList();
        var now = "[\n" + string.Join(",\n", cases.Select(one => one.Text)) + "\n]\n";
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        Assert.Equal(now, File.ReadAllText(file));
        Assert.InRange(cases.Count(one => one.IsErased), Cases / 10, Cases - (Cases / 10)); // both roads are walked
    }

    private static (string Text, bool IsErased) Case(Random random)
    {
        var message = Message(random);
        var changes = Enumerable.Range(0, random.Next(4)).Select(i => Change(random, 20 + i)).ToList();
        var result = changes.Aggregate(message, MessageFold.Of);
        var newest = changes.LastOrDefault(change => change is MessageEditedEntry or MessageDeletedEntry);
        var current = CurrentOf(message, newest);
        Assert.Equal(MessageFold.Of(message, newest), MessageFold.Of(message, current));
        var counts = changes.Aggregate<ConversationEntry, IReadOnlyList<ReactionCount>>([], ReactionFold.Counts);
        var mine = changes.Aggregate<ConversationEntry, IReadOnlyList<string>>([":old:"],
            static (mine, change) => ReactionFold.Own(mine, change, UserId.Parse("ann")));
        var text = $"{{\"message\":{Write(message)},\"changes\":[{string.Join(',', changes.Select(Write))}],"
            + $"\"result\":{Write(result)},"
            + $"\"counts\":{JsonSerializer.Serialize(counts, ChatJsonContext.Default.IReadOnlyListReactionCount)},"
            + $"\"mine\":{JsonSerializer.Serialize(mine, ChatJsonContext.Default.IReadOnlyListString)},"
            + $"\"current\":{JsonSerializer.Serialize(current, ChatJsonContext.Default.CurrentMessage)}}}";
        return (text, result.Erased);
    }

    /// <summary>What stands beside the message in a page that was made after this change.</summary>
    private static CurrentMessage CurrentOf(MessageEntry message, ConversationEntry? newest)
    {
        var edit = newest as MessageEditedEntry;
        return new CurrentMessage
        {
            Sequence = message.Sequence, Version = newest?.Sequence ?? message.Sequence, Body = edit?.Body,
            AttachmentUrl = edit?.AttachmentUrl, AttachmentMeta = edit?.AttachmentMeta,
            Attachments = edit?.Attachments, Mentions = edit?.Mentions, Deleted = newest is MessageDeletedEntry,
        };
    }

    private static MessageEntry Message(Random random) => random.Next(3) switch
    {
        0 => GoldenEntries.Message,
        1 => GoldenEntries.Attachment,
        _ => GoldenEntries.Reply,
    };

    private static ConversationEntry Change(Random random, long sequence) => random.Next(11) switch
    {
        0 => new MessageDeletedEntry
        {
            Id = GoldenEntries.Id, ConversationId = GoldenEntries.Conversation, Sequence = sequence,
            SenderId = UserId.Parse("ann"), CreatedAt = GoldenEntries.Time, TargetSequence = 7, Reason = "twice",
        },
        1 => GoldenEntries.Added,
        6 or 7 or 8 => new ReactionsChangedEntry
        {
            Id = GoldenEntries.Id, ConversationId = GoldenEntries.Conversation, Sequence = sequence,
            SenderId = UserId.Parse("ann"), CreatedAt = GoldenEntries.Time, TargetSequence = 7,
            Counts = random.Next(4) == 0 ? [] : [new ReactionCount("😀", random.Next(1, 9))],
            Changes = random.Next(3) switch
            {
                0 => null,
                1 => [new ReactionChange(UserId.Parse("bob"), ["😀"])],
                _ => [new ReactionChange(UserId.Parse("bob"), []),
                    new ReactionChange(UserId.Parse("ann"), random.Next(2) == 0 ? [] : [":ok:", "😀"])],
            },
        },
        2 => Edit(sequence) with { Body = null, Erased = true },
        3 => Edit(sequence) with
        {
            Body = null, AttachmentUrl = "https://example.org/c", AttachmentMeta = new RawJson("{\"w\":2}"),
            Attachments = [new() { Url = "https://example.org/c", Meta = new RawJson("{\"w\":2}") }],
            Mentions = new MessageMentions { Users = [UserId.Parse("ben")], Everyone = sequence % 2 == 0 },
        },
        // The messages have sequences from 7 on, and are ann's.
        4 => Erased(sequence) with { ThroughSequence = random.Next(5, 10) },
        5 => Erased(sequence) with { UserId = UserId.Parse(random.Next(2) == 0 ? "ann" : "ben") },
        _ => Edit(sequence) with { Body = $"says {random.Next(100)} <b>ü😀</b>" },
    };

    private static ContentErasedEntry Erased(long sequence) => new()
    {
        Id = GoldenEntries.Id, ConversationId = GoldenEntries.Conversation, Sequence = sequence,
        SenderId = UserId.Parse("system"), CreatedAt = GoldenEntries.Time,
    };

    private static MessageEditedEntry Edit(long sequence) => new()
    {
        Id = GoldenEntries.Id, ConversationId = GoldenEntries.Conversation, Sequence = sequence,
        SenderId = UserId.Parse("ann"), CreatedAt = GoldenEntries.Time, TargetSequence = 7, Body = "",
    };

    private static string Write(ConversationEntry entry) =>
        JsonSerializer.Serialize(entry, ChatJsonContext.Default.ConversationEntry);
}
