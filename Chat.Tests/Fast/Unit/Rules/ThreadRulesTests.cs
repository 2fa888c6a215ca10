using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using FluentAssertions;

namespace Chat.Tests.Unit.Rules;

public sealed class ThreadRulesTests
{
    // 1: a message, 2: a reply to it in its thread, 3: another message; 4 is none.
    private static readonly Dictionary<long, long?> Log = new() { [1] = null, [2] = 1, [3] = null };

    // CH-241
    [Theory]
    [InlineData(1L, null, null)]
    [InlineData(2L, null, 1L)]
    [InlineData(null, 1L, 1L)]
    [InlineData(null, 2L, 1L)]
    [InlineData(3L, 2L, 1L)]
    [InlineData(2L, 3L, 3L)]
    public void A_reply_to_a_reply_gets_that_one_s_thread(long? replyTo, long? thread, long? expected)
    {
        var options = new SendOptions { ReplyTo = replyTo, Thread = thread, AlsoInConversation = true };

        ThreadRules.Resolve(options, Find, out var resolved).Should().BeNull();

        resolved.Should().Be(options with { Thread = expected, AlsoInConversation = expected is not null });
    }

    [Theory]
    [InlineData(4L, null, "replyTo must name a message before this one, of the same conversation")]
    [InlineData(1L, 4L, "thread must name a message before this one, of the same conversation")]
    public void What_is_no_message_is_refused(long? replyTo, long? thread, string words) =>
        ThreadRules.Resolve(new SendOptions { ReplyTo = replyTo, Thread = thread }, Find, out _)!.ToText()
            .Should().Be(words);

    // CH-240
    [Fact]
    public void Each_rule_of_the_fields_says_what_is_allowed()
    {
        Refusal(new() { AlsoInConversation = true }).Should().Be("alsoInConversation goes with thread");
        Refusal(new() { Mentions = new() { Users = Users(51) } }).Should().Be("mentions must include at most 50 users");
        Refusal(new() { Attachments = [.. Files(11)] })
            .Should().Be("attachments must include at most 10 attachments");
        Refusal(new() { Attachments = [new() { Url = "" }] }).Should().Be("each of attachments must have a url");
        Refusal(new() { Attachments = [new() { Url = "u", Size = -1 }] })
            .Should().Be("attachments.size must be a whole number, 0 or more");
        Refusal(new() { Attachments = [new() { Url = "u", MediaType = new string('m', 256) }] })
            .Should().Be("attachments.mediaType must have at most 255 characters (Unicode code points)");
        var half = new RawJson($"\"{new string('1', 8_191)}\"");
        Refusal(new() { Attachments = [new() { Url = "u", Meta = half }, new() { Url = "u", Meta = half }] })
            .Should().Be("meta of all attachments must have at most 16384 bytes");
        Refusal(new() { Attachments = [new() { Url = "u" }], AttachmentUrl = "v" })
            .Should().Be("give attachments or attachmentUrl, not both");
        Refusal(new() { Attachments = [.. Files(10)], Mentions = new() { Users = Users(50) } }).Should().BeNull();
    }

    // CH-242
    [Fact]
    public void The_old_attachment_says_what_the_first_one_does_and_each_user_is_mentioned_once()
    {
        var options = new SendOptions
        {
            Attachments = [new() { Url = "u", Name = "", Meta = new RawJson("{ }") }, new() { Url = "v" }],
            Mentions = new() { Users = [UserId.Parse("a"), UserId.Parse("b"), UserId.Parse("a")] },
        };
        MessageRules.Check(null, options, out var message).Should().BeNull();
        message.Options.AttachmentUrl.Should().Be("u");
        message.Options.AttachmentMeta.Should().Be(new RawJson("{ }"));
        message.Options.Attachments![0].Name.Should().BeNull();
        message.Options.Mentions!.Users.Should().Equal(UserId.Parse("a"), UserId.Parse("b"));
        // What was checked once is checked again where it is stored.
        MessageRules.Check(null, message.Options, out var again).Should().BeNull();
        again.Options.Should().BeEquivalentTo(message.Options);
        MessageRules.Check("x", new() { Mentions = new(), Attachments = [] }, out message).Should().BeNull();
        message.Options.Should().Be(new SendOptions());
    }

    private static ThreadPlace? Find(long sequence) =>
        Log.TryGetValue(sequence, out var thread) ? new ThreadPlace(sequence, thread) : null;

    private static string? Refusal(SendOptions options) => MessageRules.Check("x", options, out _)?.ToText();

    private static List<UserId> Users(int count) =>
        [.. Enumerable.Range(0, count).Select(i => UserId.Parse($"user {i}"))];

    private static IEnumerable<MessageAttachment> Files(int count) =>
        Enumerable.Range(0, count).Select(i => new MessageAttachment { Url = $"u{i}" });
}
