using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.Transports;

/// <summary>Messages are written by hand, for speed: no field may be forgotten, not even one that is null. Only what
/// came later is left out when it is empty; that content is erased stands where it is, in the golden
/// frames.</summary>
public sealed class MessageFieldTests
{
    private static readonly string[] Fields = [.. typeof(MessageEntry)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != nameof(MessageEntry.Erased))
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static readonly string[] Later =
        ["replyTo", "thread", "alsoInConversation", "mentions", "attachments"];

    [Fact]
    public void The_hub_sends_every_field()
    {
        Assert.Equal(Fields.Order(), Sent(GoldenEntries.Reply));
        foreach (var entry in (MessageEntry[])[GoldenEntries.Message, GoldenEntries.Attachment])
            Assert.Equal(Fields.Except(Later).Order(), Sent(entry));

        static IEnumerable<string> Sent(MessageEntry entry) =>
            NamesOf(Encode(HubFormat.Instance, entry)[..^1], call => call.GetProperty("arguments")[0]);
    }

    [Fact]
    public void A_raw_socket_is_sent_every_field_of_a_message_but_its_kind()
    {
        var fields = Fields.Where(name => name != "kind").Select(name => name == "sequence" ? "seq" : name).ToList();
        Assert.Equal(fields.Order(), Sent(RawFeatures.Seq | RawFeatures.Threads, GoldenEntries.Reply));
        foreach (var entry in (MessageEntry[])[GoldenEntries.Message, GoldenEntries.Attachment])
            foreach (var features in (RawFeatures[])[RawFeatures.Seq, RawFeatures.Seq | RawFeatures.Threads])
                Assert.Equal(fields.Except(Later).Order(), Sent(features, entry));
        Assert.Equal(fields.Except(Later).Order(), Sent(RawFeatures.Seq, GoldenEntries.Reply));

        static IEnumerable<string> Sent(RawFeatures features, MessageEntry entry) => NamesOf(
            Encode(RawDialect.Create(camelCase: true, features).Format, entry)[4..], // behind a frame's header
            frame => frame.GetProperty("message"));
    }

    private static IEnumerable<string> NamesOf(byte[] json, Func<JsonElement, JsonElement> find)
    {
        using var document = JsonDocument.Parse(json);
        return [.. find(document.RootElement).EnumerateObject().Select(field => field.Name).Order()];
    }

    private static byte[] Encode(WireFormat format, ConversationEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Encode(entry, output);
        return output.WrittenSpan.ToArray();
    }
}
