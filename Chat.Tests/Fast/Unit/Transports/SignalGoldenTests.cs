using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Room.Polling;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.WebSockets;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Tests.Unit.Transports;

/// <summary>Signals as each transport shows them, byte for byte.</summary>
public sealed class SignalGoldenTests
{
    private const string Conversation = "0195a1b2-0000-7000-8000-0000000000c1";

    private static readonly UserId Ann = GoldenEntries.User("ann");

    private static readonly ConversationSummary Summary = new()
    {
        Id = GoldenEntries.Conversation, Kind = ConversationKind.Group, Title = "Tea", CreatedAt = GoldenEntries.Time,
        LastSequence = 4, LastReadSequence = 1, IsMuted = true, Unread = new Unread(2, false),
        UnreadFrom = 0,
        LastEntry = new ParticipantRemovedEntry
        {
            Id = new MessageId(Guid.Parse("0195a1b2-0000-7000-8000-0000000000e1")),
            ConversationId = GoldenEntries.Conversation,
            Sequence = 4, SenderId = Ann, CreatedAt = GoldenEntries.Time, ParticipantId = GoldenEntries.User("bob"),
        },
    };

    private static readonly Signal[] Signals =
    [
        new TypingSignal(GoldenEntries.Conversation, Ann, true),
        new TypingSignal(GoldenEntries.Conversation, Ann, false),
        new ReadSignal(GoldenEntries.Conversation, Ann, 7),
        new PresenceSignal(GoldenEntries.Conversation, Ann, true, null),
        new PresenceSignal(null, Ann, false, GoldenEntries.Time),
        new ListSignal(GoldenEntries.Conversation, Ann.Key(), Summary, IsToldByLog: true),
        new ListSignal(GoldenEntries.Conversation, Ann.Key(), Summary: null, IsToldByLog: false),
        new UserSignal(Ann.Key(), "Ann 🦊"),
        new UserSignal(Ann.Key(), null),
    ];

    private static readonly string SummaryJson =
        JsonSerializer.Serialize(Summary, ChatJsonContext.Default.ConversationSummary);

    private static readonly string[] Invocations =
    [
        $$"""{"type":1,"target":"TypingChanged","arguments":[{"conversationId":"{{Conversation}}","userId":"ann","isTyping":true}]}""" + "\u001e",
        $$"""{"type":1,"target":"TypingChanged","arguments":[{"conversationId":"{{Conversation}}","userId":"ann","isTyping":false}]}""" + "\u001e",
        $$"""{"type":1,"target":"ReadPositionChanged","arguments":[{"conversationId":"{{Conversation}}","userId":"ann","sequence":7}]}""" + "\u001e",
        $$"""{"type":1,"target":"PresenceChanged","arguments":[{"conversationId":"{{Conversation}}","userId":"ann","online":true,"lastSeenAt":null}]}""" + "\u001e",
        """{"type":1,"target":"PresenceChanged","arguments":[{"conversationId":null,"userId":"ann","online":false,"lastSeenAt":"2025-01-01T12:00:00.250001Z"}]}""" + "\u001e",
        $$"""{"type":1,"target":"ConversationChanged","arguments":[{{SummaryJson}}]}""" + "\u001e",
        $$"""{"type":1,"target":"ConversationRemoved","arguments":["{{Conversation}}"]}""" + "\u001e",
        """{"type":1,"target":"UserChanged","arguments":[{"userId":"ann","name":"Ann \uD83E\uDD8A"}]}""" + "\u001e",
        """{"type":1,"target":"UserChanged","arguments":[{"userId":"ann","name":null}]}""" + "\u001e",
    ];

    [Fact]
    public void Another_generation_is_told_in_the_formats_that_have_cursors()
    {
        var signal = new GenerationSignal(new JoinResult(GoldenEntries.Conversation, 5, 12, "g2"), Ann);
        var hub = new System.Buffers.ArrayBufferWriter<byte>();
        HubFormat.Instance.EncodeSignal(signal, hub);
        var call = $$"""{"type":1,"target":"GenerationChanged","arguments":[{"conversationId":"{{Conversation}}","""
            + "\"afterSequence\":5,\"head\":12,\"generation\":\"g2\"}]}\u001e";
        Assert.Equal(call, Encoding.UTF8.GetString(hub.WrittenSpan));
        var seq = new System.Buffers.ArrayBufferWriter<byte>();
        RawDialect.Create(camelCase: false, RawFeatures.Seq).Format.EncodeSignal(signal, seq);
        Assert.Equal(
            $$"""{"type":"joined","conversation_id":"{{Conversation}}","seq":12,"after_seq":5,"generation":"g2"}""",
            Encoding.UTF8.GetString(seq.WrittenSpan[2..])); // behind the frame's header
        var plain = new System.Buffers.ArrayBufferWriter<byte>();
        RawDialect.Create(camelCase: false, RawFeatures.None).Format.EncodeSignal(signal, plain);
        Assert.Equal(0, plain.WrittenCount);
    }

    // CH-258
    [Fact]
    public void Own_reactions_are_told_on_the_hub_and_in_raw_frames()
    {
        var signal = new ReactionSignal(GoldenEntries.Conversation, Ann.Key(), 7, [":ok:", "👍"]);
        var hub =
            $$"""{"type":1,"target":"OwnReactionsChanged","arguments":[{"conversationId":"{{Conversation}}","targetSequence":7,"keys":[":ok:","\uD83D\uDC4D"]}]}""" + "\u001e";
        foreach (var format in new WireFormat[] { HubFormat.Instance, StatefulHubFormat.Instance })
            Assert.Equal(hub, Text(Encode(format, signal).Bytes));
        Assert.Equal(hub, FramePayload(Encode(HubFrameFormat.Instance, signal).Bytes));
        Assert.Equal(
            $$"""{"type":"own_reactions","conversation_id":"{{Conversation}}","target_seq":7,"keys":[":ok:","\uD83D\uDC4D"]}""",
            FramePayload(Encode(RawDialect.Create(false, RawFeatures.Reactions).Format, signal).Bytes));
        Assert.Equal(
            $$"""{"type":"own_reactions","conversationId":"{{Conversation}}","targetSeq":7,"keys":[":ok:","\uD83D\uDC4D"]}""",
            FramePayload(Encode(RawDialect.Create(true, RawFeatures.Reactions).Format, signal).Bytes));
    }

    // CH-258: to their user alone, and to sockets that have asked for reactions.
    [Fact]
    public void Own_reactions_are_for_nobody_else()
    {
        var signal = new ReactionSignal(GoldenEntries.Conversation, Ann.Key(), 7, []);
        Assert.True(signal.IsFor(Ann.Key()));
        Assert.False(signal.IsFor(GoldenEntries.User("bob").Key()));
        Assert.Equal(0, Encode(RoomFormat.Instance, signal).Bytes.Length);
    }

    [Fact]
    public void Raw_frames_in_snake_case()
    {
        string[] frames =
        [
            $$"""{"type":"typing","conversation_id":"{{Conversation}}","user_id":"ann","typing":true}""",
            $$"""{"type":"typing","conversation_id":"{{Conversation}}","user_id":"ann","typing":false}""",
            $$"""{"type":"read","conversation_id":"{{Conversation}}","user_id":"ann","seq":7}""",
            $$"""{"type":"presence_changed","conversation_id":"{{Conversation}}","user_id":"ann","online":true,"last_seen_at":null}""",
            """{"type":"presence_changed","conversation_id":null,"user_id":"ann","online":false,"last_seen_at":"2025-01-01T12:00:00.250001Z"}""",
            $$$$"""{"type":"conversation_changed","conversation_id":"{{{{Conversation}}}}","conversation":{"id":"{{{{Conversation}}}}","kind":"group","title":"Tea","created_at":"2025-01-01T12:00:00.250001Z","last_seq":4,"last_read_seq":1,"is_muted":true,"unread_count":2,"last_entry":{"id":"0195a1b2-0000-7000-8000-0000000000e1","seq":4,"kind":"participant_removed","sender_id":"ann","created_at":"2025-01-01T12:00:00.250001Z","participant_id":"bob"},"is_last_entry_cut":false,"cursor":null,"unread":{"count":2,"more":false},"unread_from":0}}""",
            $$"""{"type":"conversation_removed","conversation_id":"{{Conversation}}"}""",
            """{"type":"user_changed","user_id":"ann","name":"Ann \uD83E\uDD8A"}""",
            """{"type":"user_changed","user_id":"ann","name":null}""",
        ];
        foreach (var features in new[] { RawFeatures.None, RawFeatures.Seq })
        {
            var format = RawDialect.Create(camelCase: false, features).Format;
            Assert.Equal(frames, Signals.Select(signal => FramePayload(Encode(format, signal).Bytes)));
        }
    }

    [Fact]
    public void Raw_frames_in_camel_case() => Assert.Equal(
        [
            $$"""{"type":"typing","conversationId":"{{Conversation}}","userId":"ann","typing":true}""",
            $$"""{"type":"typing","conversationId":"{{Conversation}}","userId":"ann","typing":false}""",
            $$"""{"type":"read","conversationId":"{{Conversation}}","userId":"ann","seq":7}""",
            $$"""{"type":"presence_changed","conversationId":"{{Conversation}}","userId":"ann","online":true,"lastSeenAt":null}""",
            """{"type":"presence_changed","conversationId":null,"userId":"ann","online":false,"lastSeenAt":"2025-01-01T12:00:00.250001Z"}""",
            $$$$"""{"type":"conversation_changed","conversationId":"{{{{Conversation}}}}","conversation":{"id":"{{{{Conversation}}}}","kind":"group","title":"Tea","createdAt":"2025-01-01T12:00:00.250001Z","lastSeq":4,"lastReadSeq":1,"isMuted":true,"unreadCount":2,"lastEntry":{"id":"0195a1b2-0000-7000-8000-0000000000e1","seq":4,"kind":"participantRemoved","senderId":"ann","createdAt":"2025-01-01T12:00:00.250001Z","participantId":"bob"},"isLastEntryCut":false,"cursor":null,"unread":{"count":2,"more":false},"unreadFrom":0}}""",
            $$"""{"type":"conversation_removed","conversationId":"{{Conversation}}"}""",
            """{"type":"user_changed","userId":"ann","name":"Ann \uD83E\uDD8A"}""",
            """{"type":"user_changed","userId":"ann","name":null}""",
        ],
        Signals.Select(signal =>
            FramePayload(Encode(RawDialect.Create(camelCase: true, RawFeatures.None).Format, signal).Bytes)));

    [Fact]
    public void Hub_invocations()
    {
        Assert.Equal(Invocations, Signals.Select(signal => Text(Encode(HubFormat.Instance, signal).Bytes)));
        Assert.Equal(Invocations,
            Signals.Select(signal => FramePayload(Encode(HubFrameFormat.Instance, signal).Bytes)));
        Assert.Equal(Invocations, Signals.Select(signal => Text(Encode(StatefulHubFormat.Instance, signal).Bytes)));
    }

    [Fact]
    public void Several_in_one_go_are_the_same_in_a_row()
    {
        Assert.Equal(string.Concat(Invocations), Text(Join(HubFormat.Instance).Bytes));
        Assert.IsType<HubBlock>(Join(HubFormat.Instance));
        foreach (var format in new WireFormat[] { HubFrameFormat.Instance,
            RawDialect.Create(false, RawFeatures.None).Format })
            Assert.Equal(string.Concat(Signals.Select(signal => Text(Encode(format, signal).Bytes))),
                Text(Join(format).Bytes));
    }

    [Fact]
    public void With_stateful_reconnect_each_is_a_message_of_its_own()
    {
        var messages = Assert.IsType<StatefulHubBlock>(Join(StatefulHubFormat.Instance)).Messages;
        Assert.Equal(Signals.Length, messages.Count);
        Assert.Equal(
            ["TypingChanged", "TypingChanged", "ReadPositionChanged", "PresenceChanged", "PresenceChanged",
                "ConversationChanged", "ConversationRemoved", "UserChanged", "UserChanged"],
            messages.Select(message => Assert.IsType<InvocationMessage>(message.Message).Target));
    }

    [Fact]
    public void The_room_shows_none() =>
        Assert.All(Signals, signal => Assert.Equal(0, Encode(RoomFormat.Instance, signal).Bytes.Length));

    [Fact]
    public void A_block_of_signals_counts_no_entries() => Assert.Equal(0, Encode(HubFormat.Instance, Signals[0]).Count);

    private static EncodedBlock Encode(WireFormat format, Signal signal) => new EncodedSignal(signal).Encode(format);

    private static EncodedBlock Join(WireFormat format) =>
        format.JoinSignalBlocks([.. Signals.Select(signal => Encode(format, signal))]);

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static string FramePayload(ReadOnlyMemory<byte> frame)
    {
        Assert.Equal(0x81, frame.Span[0]);
        var header = frame.Span[1] < 126 ? 2 : 4;
        return Text(frame[header..]);
    }
}
