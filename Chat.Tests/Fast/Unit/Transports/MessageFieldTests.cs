using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Server.FanOut;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.WebSockets;

namespace Chat.Tests.Unit.Transports;

/// <summary>Messages are written by hand, for speed: no field may be forgotten, not even one that is null.</summary>
public sealed class MessageFieldTests
{
    private static readonly string[] Fields = [.. typeof(MessageEntry)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    [Fact]
    public void The_hub_sends_every_field()
    {
        foreach (var entry in (MessageEntry[])[GoldenEntries.Message, GoldenEntries.Attachment])
            Assert.Equal(Fields.Order(), NamesOf(
                Encode(HubFormat.Instance, entry)[..^1], call => call.GetProperty("arguments")[0]));
    }

    [Fact]
    public void A_raw_socket_is_sent_every_field_of_a_message_but_its_kind()
    {
        var format = RawDialect.Create(camelCase: true, RawFeatures.Seq).Format;
        foreach (var entry in (MessageEntry[])[GoldenEntries.Message, GoldenEntries.Attachment])
            Assert.Equal(
                Fields.Where(name => name != "kind").Select(name => name == "sequence" ? "seq" : name).Order(),
                NamesOf(Encode(format, entry)[4..], frame => frame.GetProperty("message"))); // behind a frame's header
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
