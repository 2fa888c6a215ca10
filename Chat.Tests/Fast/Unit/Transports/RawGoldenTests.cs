using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.Transports;

/// <summary>go-chatty's frames and their extensions, byte for byte.</summary>
public sealed class RawGoldenTests
{
    private const string Conversation = "0195a1b2-0000-7000-8000-0000000000c1";
    private const string Id = "0195a1b2-0000-7000-8000-00000000000e";

    private static readonly RawDialect Snake = RawDialect.Create(camelCase: false, RawFeatures.None);
    private static readonly RawDialect Camel = RawDialect.Create(camelCase: true, RawFeatures.None);
    private static readonly RawDialect SnakeSeq = RawDialect.Create(camelCase: false,
        RawFeatures.Seq | RawFeatures.Receipts);
    private static readonly RawDialect SnakeEdits = RawDialect.Create(camelCase: false,
        RawFeatures.Seq | RawFeatures.Edits | RawFeatures.Reactions);
    private static readonly RawDialect CamelEdits = RawDialect.Create(camelCase: true,
        RawFeatures.Seq | RawFeatures.Edits | RawFeatures.Reactions);
    private static readonly RawDialect CamelSeq = RawDialect.Create(camelCase: true,
        RawFeatures.Seq | RawFeatures.Receipts);

    [Fact]
    public void A_message_has_exactly_the_documented_keys()
    {
        Assert.Equal(
            $$$"""{"type":"message","conversation_id":"{{{Conversation}}}","message":{"id":"{{{Id}}}","conversation_id":"{{{Conversation}}}","sender_id":"ann","created_at":"2025-01-01T12:00:00.250001Z","body":"hello \"world\" <b>ü€\uD83D\uDE00</b>\n","msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":null}}""",
            Entry(Snake, GoldenEntries.Message));
        Assert.Equal(
            $$$"""{"type":"message","conversationId":"{{{Conversation}}}","message":{"id":"{{{Id}}}","conversationId":"{{{Conversation}}}","senderId":"ann","createdAt":"2025-01-01T12:00:00.250001Z","body":"hello \"world\" <b>ü€\uD83D\uDE00</b>\n","msgType":0,"attachmentUrl":null,"attachmentMeta":null,"dedupeKey":null}}""",
            Entry(Camel, GoldenEntries.Message));
    }

    [Fact]
    public void An_attachment_s_meta_comes_back_as_it_was_sent() => Assert.Equal(
        $$$"""{"type":"message","conversation_id":"{{{Conversation}}}","message":{"id":"{{{Id}}}","conversation_id":"{{{Conversation}}}","sender_id":"ann","created_at":"2025-01-01T12:00:00.250001Z","body":null,"msg_type":1,"attachment_url":"https://example.org/a.png","attachment_meta":{ "w":1.50, "Größe":[1e3]},"dedupe_key":"k-1"}}""",
        Entry(Snake, GoldenEntries.Attachment));

    // CH-249
    [Fact]
    public void What_a_message_has_beyond_is_shown_to_those_who_asked_for_threads()
    {
        const string old =
            $$$"""{"type":"message","conversation_id":"{{{Conversation}}}","message":{"id":"{{{Id}}}","conversation_id":"{{{Conversation}}}","sender_id":"bob","created_at":"2025-01-01T12:00:00.250001Z","body":"@ann see","msg_type":0,"attachment_url":"https://example.org/a.png","attachment_meta":{ "w":1.50},"dedupe_key":null""";
        Assert.Equal(old + "}}", Entry(Snake, GoldenEntries.Reply));
        Assert.Equal(old + ""","seq":11}}""", Entry(SnakeSeq, GoldenEntries.Reply));
        var threads = RawDialect.Create(camelCase: false, RawFeatures.Seq | RawFeatures.Threads);
        Assert.Equal(
            old +
            ""","reply_to":9,"thread":7,"also_in_conversation":true,"mentions":{"users":["ann","cid"],"everyone":true},"attachments":[{"id":"f1","url":"https://example.org/a.png","name":"Größe.png","media_type":"image/png","size":1234,"width":640,"height":480,"meta":{ "w":1.50}},{"url":"https://example.org/b","name":null,"media_type":null,"size":null,"meta":null}],"seq":11}}""", Entry(threads, GoldenEntries.Reply));
        Assert.Equal(Entry(SnakeSeq, GoldenEntries.Message), Entry(threads, GoldenEntries.Message));
        var camel = Entry(RawDialect.Create(camelCase: true, RawFeatures.Threads), GoldenEntries.Reply);
        Assert.Contains(""","replyTo":9,"thread":7,"alsoInConversation":true,""", camel, StringComparison.Ordinal);
        Assert.Contains(""","mediaType":"image/png",""", camel, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_feature_seq_a_message_has_its_sequence_as_well()
    {
        Assert.EndsWith(""","dedupe_key":null,"seq":7}}""", Entry(SnakeSeq, GoldenEntries.Message),
            StringComparison.Ordinal);
        Assert.EndsWith(""","dedupeKey":null,"seq":7}}""", Entry(CamelSeq, GoldenEntries.Message),
            StringComparison.Ordinal);
    }

    public static TheoryData<string, string> OtherEntries => new()
    {
        { nameof(GoldenEntries.Created),
            """ "seq":1,"kind":"conversation_created",{0},"participant_ids":["ann","bob"],"title":"Team" """ },
        { nameof(GoldenEntries.Added), """ "seq":2,"kind":"participants_added",{0},"participant_ids":["cid"] """ },
        { nameof(GoldenEntries.Removed), """ "seq":3,"kind":"participant_removed",{0},"participant_id":"cid" """ },
        { nameof(GoldenEntries.Muted),
            """ "seq":4,"kind":"role_changed",{0},"participant_id":"cid","role":"readonly","until":"2025-01-01T13:00:00.250001Z" """ },
        { nameof(GoldenEntries.Changed),
            """ "seq":4,"kind":"conversation_changed",{0},"title":"","slow_mode_seconds":null """ },
        { nameof(GoldenEntries.Edited), """ "seq":5,"kind":"message_edited",{0} """ },
        { nameof(GoldenEntries.Deleted), """ "seq":6,"kind":"message_deleted",{0} """ },
        { nameof(GoldenEntries.ErasedThrough), """ "seq":7,"kind":"content_erased",{0} """ },
    };

    public static TheoryData<string, string> Amendments => new()
    {
        { nameof(GoldenEntries.Edited),
            """ "seq":5,"kind":"message_edited",{0},"target_seq":4,"body":"better","attachment_url":null,"attachment_meta":null """ },
        { nameof(GoldenEntries.EditedAttachment),
            """ "seq":5,"kind":"message_edited",{0},"target_seq":4,"body":null,"attachment_url":"https://example.org/b","attachment_meta":[ 1.0] """ },
        { nameof(GoldenEntries.ErasedEdit),
            """ "seq":5,"kind":"message_edited",{0},"target_seq":4,"body":null,"attachment_url":null,"attachment_meta":null,"erased":true """ },
        { nameof(GoldenEntries.Deleted), """ "seq":6,"kind":"message_deleted",{0},"target_seq":4,"reason":null """ },
        { nameof(GoldenEntries.DeletedWithReason),
            """ "seq":6,"kind":"message_deleted",{0},"target_seq":4,"reason":"rude" """ },
        { nameof(GoldenEntries.ErasedThrough),
            """ "seq":7,"kind":"content_erased",{0},"through_seq":5,"user_id":null """ },
        { nameof(GoldenEntries.ErasedUser),
            """ "seq":7,"kind":"content_erased",{0},"through_seq":null,"user_id":"bob" """ },
    };

    // CH-34
    [Theory]
    [MemberData(nameof(Amendments))]
    public void With_the_feature_edits_changes_of_messages_say_what_they_are(string name, string fields)
    {
        var entry = (ConversationEntry)typeof(GoldenEntries).GetField(name)!.GetValue(null)!;
        var common = """ "sender_id":"ann","created_at":"2025-01-01T12:00:00.250001Z" """.Trim();
        Assert.Equal(
            $$$"""{"type":"entry","conversation_id":"{{{Conversation}}}","entry":{"id":"{{{Id}}}",{{{fields.Trim()
                .Replace("{0}", common, StringComparison.Ordinal)}}}}}""",
            Entry(SnakeEdits, entry));
    }

    // CH-220
    [Fact]
    public void An_erased_message_is_an_empty_one_and_says_so_to_those_who_asked_for_edits()
    {
        Assert.EndsWith(""" "body":null,"msg_type":0,"attachment_url":null,"attachment_meta":null,"dedupe_key":null}}"""
            .TrimStart(), Entry(Snake, GoldenEntries.ErasedMessage), StringComparison.Ordinal);
        Assert.EndsWith(""","dedupe_key":null,"erased":true,"seq":7}}""",
            Entry(SnakeEdits, GoldenEntries.ErasedMessage), StringComparison.Ordinal);
    }

    // CH-34
    [Theory]
    [MemberData(nameof(OtherEntries))]
    public void Entries_that_are_not_messages_reach_only_those_who_asked_for_seq(string name, string fields)
    {
        var entry = (ConversationEntry)typeof(GoldenEntries).GetField(name)!.GetValue(null)!;
        var common = """ "sender_id":"ann","created_at":"2025-01-01T12:00:00.250001Z" """.Trim();
        var expected =
            $$$"""{"type":"entry","conversation_id":"{{{Conversation}}}","entry":{"id":"{{{Id}}}",{{{fields.Trim()
                .Replace("{0}", common, StringComparison.Ordinal)}}}}}""";
        Assert.Equal(expected, Entry(SnakeSeq, entry));
        Assert.Empty(Encode(Snake, entry));
        Assert.Empty(Encode(Camel, entry));
    }

    [Fact]
    public void Reactions_in_camel_case() => Assert.Equal(
        $$$"""{"type":"entry","conversationId":"{{{Conversation}}}","entry":{"id":"{{{Id}}}","seq":9,"kind":"reactionsChanged","senderId":"bob","createdAt":"2025-01-01T12:00:00.250001Z","targetSeq":7,"counts":[{"key":"\uD83D\uDC4D","count":2}],"changes":[{"userId":"bob","keys":["\uD83D\uDC4D"]}]}}""",
        Entry(CamelEdits, GoldenEntries.Reactions));

    // CH-34
    [Fact]
    public void Connected()
    {
        var me = new CallerIdentity(UserId.Parse("ann"), "default", "Ann", ["user"], ExpiresInSeconds: 60);
        Assert.Equal("""{"type":"connected"}""", Payload(RawReplies.Connected(Snake, me)));
        Assert.Equal("""{"type":"connected"}""", Payload(RawReplies.Connected(Camel, me)));
        Assert.Equal("""{"type":"connected","protocol":1,"features":["seq","receipts"]}""",
            Payload(RawReplies.Connected(SnakeSeq, me)));
    }

    // CH-163
    [Fact]
    public void Connected_with_the_caller()
    {
        var me = new CallerIdentity(UserId.Parse("ann"), "default", null, ["user"], ExpiresInSeconds: 60);
        Assert.Equal(
            """{"type":"connected","protocol":1,"features":["auth"],"user_id":"ann","tenant":"default","name":null,"""
                + """ "roles":["user"],"expires_in_seconds":60}""".TrimStart(),
            Payload(RawReplies.Connected(RawDialect.Create(false, RawFeatures.Auth), me)));
        Assert.Equal(
            """{"type":"connected","protocol":1,"features":["auth"],"userId":"ann","tenant":"default","name":null,"""
                + """ "roles":["user"],"expiresInSeconds":null}""".TrimStart(),
            Payload(RawReplies.Connected(
                RawDialect.Create(true, RawFeatures.Auth), me with { ExpiresInSeconds = null })));
    }

    [Fact]
    public void Joined_and_left()
    {
        var join = new JoinResult(GoldenEntries.Conversation, AfterSequence: 3, Head: 7, Generation: "g1");
        Assert.Equal($$$"""{"type":"joined","conversation_id":"{{{Conversation}}}"}""",
            Payload(RawReplies.Joined(Snake, join)));
        Assert.Equal($$$"""{"type":"joined","conversationId":"{{{Conversation}}}"}""",
            Payload(RawReplies.Joined(Camel, join)));
        var more = "\"generation\":\"g1\"}";
        Assert.Equal($$$"""{"type":"joined","conversation_id":"{{{Conversation}}}","seq":7,"after_seq":3,""" + more,
            Payload(RawReplies.Joined(SnakeSeq, join)));
        Assert.Equal($$$"""{"type":"joined","conversationId":"{{{Conversation}}}","seq":7,"afterSeq":3,""" + more,
            Payload(RawReplies.Joined(CamelSeq, join)));
        Assert.Equal($$$"""{"type":"left","conversation_id":"{{{Conversation}}}"}""",
            Payload(RawReplies.Left(Snake, GoldenEntries.Conversation)));
        Assert.Equal($$$"""{"type":"left","conversationId":"{{{Conversation}}}"}""",
            Payload(RawReplies.Left(CamelSeq, GoldenEntries.Conversation)));
    }

    [Fact]
    public void Receipt()
    {
        var stored = new Appended(GoldenEntries.Attachment, Duplicate: true);
        Assert.Equal(
            $$$"""{"type":"receipt","conversation_id":"{{{Conversation}}}","id":"{{{Id}}}","seq":8,"created_at":"2025-01-01T12:00:00.250001Z","dedupe_key":"k-1","duplicate":true}""",
            Payload(RawReplies.Receipt(SnakeSeq, stored)));
        Assert.Equal(
            $$$"""{"type":"receipt","conversationId":"{{{Conversation}}}","id":"{{{Id}}}","seq":8,"createdAt":"2025-01-01T12:00:00.250001Z","dedupeKey":"k-1","duplicate":true}""",
            Payload(RawReplies.Receipt(CamelSeq, stored)));
    }

    [Theory]
    [InlineData(ChatErrorCode.BadRequest, "bad_request")]
    [InlineData(ChatErrorCode.Forbidden, "forbidden")]
    [InlineData(ChatErrorCode.InternalError, "internal_error")]
    [InlineData(ChatErrorCode.UnsupportedType, "unsupported_type")]
    [InlineData(ChatErrorCode.RateLimited, "rate_limited")]
    public void Error(ChatErrorCode code, string word)
    {
        var error = new ChatError(code, "what is wrong");
        Assert.Equal($$$"""{"type":"error","code":"{{{word}}}","error":"what is wrong"}""",
            Payload(RawReplies.Error(Snake, error, "k-1")));
        Assert.Equal($$$"""{"type":"error","code":"{{{word}}}","error":"what is wrong","dedupe_key":"k-1"}""",
            Payload(RawReplies.Error(SnakeSeq, error, "k-1")));
    }

    // CH-34, CH-121
    [Fact]
    public void The_time_to_wait_is_a_key_of_its_own_for_sockets_with_features()
    {
        var error = ChatError.WithRetry(ChatErrorCode.RateLimited, "too fast", TimeSpan.FromMilliseconds(800));
        const string start = """{"type":"error","code":"rate_limited","error":"too fast; retry in 800 ms" """;
        Assert.Equal(start.TrimEnd() + "}", Payload(RawReplies.Error(Snake, error, "k-1")));
        Assert.Equal(start.TrimEnd() + ""","retry_after_ms":800,"dedupe_key":"k-1"}""",
            Payload(RawReplies.Error(SnakeSeq, error, "k-1")));
        Assert.Equal(start.TrimEnd() + ""","retryAfterMs":800}""", Payload(RawReplies.Error(CamelSeq, error)));
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void A_frame_of_any_length_says_its_length_as_RFC_6455_wants(int length)
    {
        var empty = Payload(Encode(Snake, GoldenEntries.Message with { Body = "" })).Length;
        if (length < empty) length += empty;
        var frame = Encode(Snake, GoldenEntries.Message with { Body = new string('x', length - empty) });
        Assert.Equal(length, Payload(frame).Length);
    }

    private static string Entry(RawDialect dialect, ConversationEntry entry) => Payload(Encode(dialect, entry));

    private static byte[] Encode(RawDialect dialect, ConversationEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        dialect.Format.Encode(entry, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The payload of one final, unmasked text frame that is all there is (RFC 6455, 5.2).</summary>
    private static string Payload(byte[] frame)
    {
        Assert.Equal(0x81, frame[0]);
        var (header, length) = frame[1] switch
        {
            < 126 => (2, frame[1]),
            126 => (4, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2))),
            127 => (10, BinaryPrimitives.ReadInt64BigEndian(frame.AsSpan(2))),
            _ => throw new InvalidOperationException("the frame is masked"),
        };
        Assert.True(header == 2 || length >= (header == 4 ? 126 : 65_536), "the shortest form is demanded");
        Assert.Equal(length, frame.Length - header);
        return Encoding.UTF8.GetString(frame, header, (int)length);
    }
}
