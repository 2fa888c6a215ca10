using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.MessagePack;
using CsCheck;
using FluentAssertions;
using MessagePack;

namespace Chat.Tests.Unit.Transports;

/// <summary>What the hub sends in MessagePack: the calls of its JSON, in binary.</summary>
public sealed class MessagePackGoldenTests
{
    private static readonly Signal[] Signals =
    [
        new TypingSignal(GoldenEntries.Conversation, GoldenEntries.User("ann"), true),
        new ReadSignal(GoldenEntries.Conversation, GoldenEntries.User("ann"), 7),
        new PresenceSignal(null, GoldenEntries.User("ann"), false, GoldenEntries.Time),
    ];

    [Fact]
    public void A_message_byte_for_byte()
    {
        var text = (string value) => value.Length < 32
            ? $"{0xa0 | value.Length:x2}{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))}"
            : $"d9{value.Length:x2}{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value))}";
        var entry = GoldenEntries.Message with { Body = "hello" };
        // Six fields: an invocation, no headers, no id, its target, one argument, no streams.
        var expected = "96" + "01" + "80" + "c0" + text("MessageReceived") + "91" + "8b"
            + text("kind") + text("message") + text("body") + text("hello") + text("msgType") + "00"
            + text("attachmentUrl") + "c0" + text("attachmentMeta") + "c0" + text("dedupeKey") + "c0"
            + text("id") + text($"{GoldenEntries.Id}") + text("conversationId") + text($"{GoldenEntries.Conversation}")
            + text("sequence") + "07" + text("senderId") + text("ann")
            + text("createdAt") + text("2025-01-01T12:00:00.250001Z") + "90";

        var message = HubMessages.Split(Encode(MessagePackFormat.Instance, entry)).Should().ContainSingle().Subject;

        Convert.ToHexStringLower(message).Should().Be(expected);
    }

    [Fact]
    public void Every_entry_is_the_call_that_JSON_makes_of_it()
    {
        foreach (var entry in GoldenEntries.All)
            AssertSame(Encode(HubFormat.Instance, entry), Encode(MessagePackFormat.Instance, entry));
    }

    [Fact]
    public void Every_signal_is_the_call_that_JSON_makes_of_it()
    {
        foreach (var signal in Signals)
            AssertSame(Block(HubFormat.Instance, signal).Bytes, Block(MessagePackFormat.Instance, signal).Bytes);
    }

    [Fact]
    public void Frames_are_binary_and_hold_the_same_bytes()
    {
        foreach (var entry in GoldenEntries.All)
            Payload(Encode(MessagePackFrameFormat.Instance, entry)).Should()
                .Equal(Encode(MessagePackFormat.Instance, entry));
        foreach (var signal in Signals)
            Payload(Block(MessagePackFrameFormat.Instance, signal).Bytes.ToArray())
                .Should().Equal(Block(MessagePackFormat.Instance, signal).Bytes.ToArray());
    }

    [Fact]
    public void Blocks_are_for_connections_of_this_protocol_alone()
    {
        var bytes = Encode(MessagePackFormat.Instance, GoldenEntries.Message);
        var block = MessagePackFormat.Instance.CreateBlock(7, 7, bytes, [GoldenEntries.Message]);

        block.Should().BeOfType<HubBlock>().Which.Message.GetSerializedMessage(MessagePackHub.Protocol).ToArray()
            .Should().Equal(bytes);
    }

    [Fact]
    public void Any_JSON_survives_a_round_trip()
    {
        var leaf = Gen.OneOf<object?>(
            Gen.Long.Select(v => (object?)v), Gen.Bool.Select(v => (object?)v), Gen.Bool.Select(_ => (object?)null),
            Gen.ULong.Select(v => (object?)v), Gen.Double[-1e300, 1e300].Select(v => (object?)v),
            Gen.Char[' ', '\ud7ff'].Array[0, 40].Select(v => (object?)new string(v)));
        var tree = Gen.Recursive<object?>((depth, inner) => depth == 5 ? leaf : Gen.OneOf(
            leaf,
            inner.Array[0, 20].Select(v => (object?)v),
            Gen.Select(Gen.Int[0, 99].Select(v => $"k{v}"), inner).Array[0, 20].Select(v =>
                (object?)v.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2))));
        tree.Sample(value =>
        {
            var before = JsonSerializer.SerializeToElement(value);
            var packed = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(packed);
            MessagePackJson.Write(ref writer, before);
            writer.Flush();

            var reader = new MessagePackReader(packed.WrittenMemory);
            var text = new ArrayBufferWriter<byte>();
            using (var output = new Utf8JsonWriter(text)) MessagePackJson.Read(ref reader, output);

            using var after = JsonDocument.Parse(text.WrittenMemory);
            return reader.End && JsonElement.DeepEquals(before, after.RootElement);
        }, iter: 1_000);
    }

    private static void AssertSame(ReadOnlyMemory<byte> json, ReadOnlyMemory<byte> packed)
    {
        using var expected = JsonDocument.Parse(json[..^1]);
        var message = HubMessages.Read(HubMessages.Split(packed.Span).Should().ContainSingle().Subject);
        message[0].GetInt32().Should().Be(expected.RootElement.GetProperty("type").GetInt32());
        message[3].GetString().Should().Be(expected.RootElement.GetProperty("target").GetString());
        JsonElement.DeepEquals(expected.RootElement.GetProperty("arguments"), message[4]).Should()
            .BeTrue("{0} is what JSON says: {1}", message[4], expected.RootElement);
    }

    private static byte[] Encode(WireFormat format, ConversationEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Encode(entry, output);
        return output.WrittenSpan.ToArray();
    }

    private static EncodedBlock Block(WireFormat format, Signal signal) => new EncodedSignal(signal).Encode(format);

    private static byte[] Payload(byte[] frame)
    {
        frame[0].Should().Be(0x82);
        return frame[(frame[1] < 126 ? 2 : 4)..];
    }
}
