using System.Buffers;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using Chat.Server.Transports.SignalR;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Transports;

/// <summary>What the hub sends, byte for byte; each text ends with SignalR's record separator.</summary>
public sealed class HubGoldenTests
{
    private const string Ids =
        """ "id":"0195a1b2-0000-7000-8000-00000000000e","conversationId":"0195a1b2-0000-7000-8000-0000000000c1" """;
    private const string Rest = """ "senderId":"ann","createdAt":"2025-01-01T12:00:00.250001Z" """;

    [Fact]
    public void A_message_is_an_invocation_of_MessageReceived()
    {
        Assert.Equal(
            $$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":7,{{Ids.Trim()}},{{Rest.Trim()}},"body":"hello \"world\" <b>ü€\uD83D\uDE00</b>\n","msgType":0,"attachmentUrl":null,"attachmentMeta":null,"dedupeKey":null}]}""" + "\u001e",
            Encode(GoldenEntries.Message));
        Assert.Equal(
            $$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":8,{{Ids.Trim()}},{{Rest.Trim()}},"body":null,"msgType":1,"attachmentUrl":"https://example.org/a.png","attachmentMeta":{ "w":1.50, "Größe":[1e3]},"dedupeKey":"k-1"}]}""" + "\u001e",
            Encode(GoldenEntries.Attachment));
        Assert.Equal(
            $$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":7,{{Ids.Trim()}},{{Rest.Trim()}},"body":null,"msgType":0,"attachmentUrl":null,"attachmentMeta":null,"dedupeKey":null,"erased":true}]}""" + "\u001e",
            Encode(GoldenEntries.ErasedMessage));
    }

    // CH-240: what is empty is left out, as the messages above show
    [Fact]
    public void A_message_with_everything_has_its_fields_behind_the_others()
    {
        Assert.Equal(
            $$$"""{"type":1,"target":"MessageReceived","arguments":[{"kind":"message","sequence":11,{{{Ids.Trim()}}},{{{Rest.Trim().Replace("ann", "bob", StringComparison.Ordinal)}}},"body":"@ann see","msgType":0,"attachmentUrl":"https://example.org/a.png","attachmentMeta":{ "w":1.50},"dedupeKey":null,"replyTo":9,"thread":7,"alsoInConversation":true,"mentions":{"users":["ann","cid"],"everyone":true},"attachments":[{"id":"f1","url":"https://example.org/a.png","name":"Größe.png","mediaType":"image/png","size":1234,"width":640,"height":480,"meta":{ "w":1.50}},{"url":"https://example.org/b","name":null,"mediaType":null,"size":null,"meta":null}]}]}""" + "\u001e",
            Encode(GoldenEntries.Reply));
        using var invocation = JsonDocument.Parse(Encode(GoldenEntries.Reply)[..^1]);
        var sent = invocation.RootElement.GetProperty("arguments")[0];
        var read = sent.Deserialize(ChatJsonContext.Default.MessageEntry)!;
        Assert.Equivalent(GoldenEntries.Reply, read, strict: true);
        // Pages are written by another way: the same text.
        using var page = JsonDocument.Parse(JsonSerializer.Serialize<ConversationEntry>(read,
            ChatJsonContext.Default.ConversationEntry));
        Assert.True(JsonElement.DeepEquals(sent, page.RootElement), page.RootElement.GetRawText());
        using var plain = JsonDocument.Parse(JsonSerializer.Serialize<ConversationEntry>(GoldenEntries.Message,
            ChatJsonContext.Default.ConversationEntry));
        Assert.False(plain.RootElement.TryGetProperty("thread", out _));
    }

    public static TheoryData<string, string, string> OtherEntries => new()
    {
        { nameof(GoldenEntries.Created), "conversationCreated", """ "participantIds":["ann","bob"],"title":"Team" """ },
        { nameof(GoldenEntries.Added), "participantsAdded", """ "participantIds":["cid"] """ },
        { nameof(GoldenEntries.Removed), "participantRemoved", """ "participantId":"cid" """ },
        { nameof(GoldenEntries.Muted), "roleChanged",
            """ "participantId":"cid","role":"readonly","until":"2025-01-01T13:00:00.250001Z" """ },
        { nameof(GoldenEntries.Changed), "conversationChanged", """ "title":"","slowModeSeconds":null """ },
        { nameof(GoldenEntries.Edited), "messageEdited", """ "targetSequence":4,"body":"better" """ },
        { nameof(GoldenEntries.EditedAttachment), "messageEdited",
            """ "targetSequence":4,"body":null,"attachmentUrl":"https://example.org/b","attachmentMeta":[1.0] """ },
        { nameof(GoldenEntries.ErasedEdit), "messageEdited", """ "targetSequence":4,"body":null,"erased":true """ },
        { nameof(GoldenEntries.Pinned), "pinned", """ "targetSequence":7 """ },
        { nameof(GoldenEntries.Unpinned), "unpinned", """ "targetSequence":7 """ },
        { nameof(GoldenEntries.Deleted), "messageDeleted", """ "targetSequence":4 """ },
        { nameof(GoldenEntries.DeletedWithReason), "messageDeleted", """ "targetSequence":4,"reason":"rude" """ },
        { nameof(GoldenEntries.ErasedThrough), "contentErased", """ "throughSequence":5,"userId":null """ },
        { nameof(GoldenEntries.ErasedUser), "contentErased", """ "throughSequence":null,"userId":"bob" """ },
    };

    [Theory]
    [MemberData(nameof(OtherEntries))]
    public void Any_other_entry_is_an_invocation_of_EntryReceived_that_reads_back_equal(
        string name, string kind, string fields)
    {
        var entry = (ConversationEntry)typeof(GoldenEntries).GetField(name)!.GetValue(null)!;
        var text = Encode(entry);
        Assert.Equal(0x1e, text[^1]);
        using var invocation = JsonDocument.Parse(text[..^1]);
        Assert.Equal("EntryReceived", invocation.RootElement.GetProperty("target").GetString());
        var sent = invocation.RootElement.GetProperty("arguments")[0];
        using var expected = JsonDocument.Parse(
            $$"""{"kind":"{{kind}}","sequence":{{entry.Sequence}},{{Ids}},{{Rest}},{{fields}}}""");
        Assert.True(JsonElement.DeepEquals(expected.RootElement, sent), sent.GetRawText());
        Assert.Equal("kind", sent.EnumerateObject().First().Name); // readers of polymorphic JSON want it first
        Assert.Equal(entry.GetType(), sent.Deserialize(ChatJsonContext.Default.ConversationEntry)!.GetType());
    }

    [Theory]
    [InlineData("threadStarted")]
    [InlineData("unknown")]
    [InlineData("")]
    public void An_entry_of_a_kind_that_is_not_known_is_read_with_what_all_entries_have(string kind)
    {
        var entry = $$"""{"kind":"{{kind}}","sequence":10,{{Ids}},{{Rest}},"replies":[{"kind":"x"}],"replies":1}""";
        var page = JsonSerializer.Deserialize(
            $$"""{"entries":[{{entry}},{"kind":"messageDeleted","sequence":11,{{Ids}},{{Rest}},"targetSequence":1}],"head":11}""",
            ChatJsonContext.Default.HistoryPage)!;
        Assert.IsType<MessageDeletedEntry>(page.Entries[1]);
        Assert.Equal(GoldenEntries.Unknown with { SenderId = GoldenEntries.User("ann") }, page.Entries[0]);
    }

    [Fact]
    public void With_stateful_reconnect_every_entry_is_the_same_call()
    {
        var options = new JsonHubProtocolOptions();
        HubJson.Apply(options.PayloadSerializerOptions);
        var protocol = new JsonHubProtocol(Options.Create(options));
        foreach (var entry in GoldenEntries.All)
        {
            var block = StatefulHubFormat.Instance.CreateBlock(entry.Sequence, entry.Sequence, default, [entry]);
            var message = Assert.IsType<StatefulHubBlock>(block).Messages.Single().GetSerializedMessage(protocol);
            using var sent = JsonDocument.Parse(message[..^1]);
            using var expected = JsonDocument.Parse(Encode(entry)[..^1]);
            Assert.True(JsonElement.DeepEquals(expected.RootElement, sent.RootElement), $"{sent.RootElement}");
        }
    }

    [Fact]
    public void Messages_read_back_equal()
    {
        using var invocation = JsonDocument.Parse(Encode(GoldenEntries.Attachment)[..^1]);
        Assert.Equal(GoldenEntries.Attachment,
            invocation.RootElement.GetProperty("arguments")[0].Deserialize(ChatJsonContext.Default.MessageEntry));
    }

    [Fact]
    public void Receipts_joins_summaries_and_pages()
    {
        Assert.Equal(
            """{"id":"0195a1b2-0000-7000-8000-00000000000e","sequence":7,"createdAt":"2025-01-01T12:00:00.250001Z","duplicate":false}""",
            JsonSerializer.Serialize(new SendReceipt(GoldenEntries.Id, 7, GoldenEntries.Time, false),
                ChatJsonContext.Default.SendReceipt));
        Assert.Equal(
            """
            {"conversationId":"0195a1b2-0000-7000-8000-0000000000c1","afterSequence":3,"head":7,"generation":"g1"}
            """,
            JsonSerializer.Serialize(new JoinResult(GoldenEntries.Conversation, 3, 7, "g1"),
                ChatJsonContext.Default.JoinResult));
        var summary = new ConversationSummary
        {
            Id = ConversationId.Lobby, Kind = ConversationKind.Public, CreatedAt = GoldenEntries.Time, LastSequence = 9,
            LastReadSequence = 4, IsLastEntryCut = true,
            Cursor = $"{new ListCursor(GoldenEntries.Time, ConversationId.Lobby)}",
        };
        Assert.Equal(
            """{"id":"00000000-0000-0000-0000-000000000001","kind":"public","title":null,"createdAt":"2025-01-01T12:00:00.250001Z","lastSequence":9,"lastEntry":null,"isLastEntryCut":true,"lastReadSequence":4,"isMuted":false,"unreadCount":5,"cursor":"1735732800250001-00000000000000000000000000000001","unread":null,"unreadFrom":null}""",
            JsonSerializer.Serialize(summary, ChatJsonContext.Default.ConversationSummary));
        Assert.Equal("""{"entries":[],"head":7,"generation":"g1"}""",
            JsonSerializer.Serialize(new HistoryPage([], 7, "g1"), ChatJsonContext.Default.HistoryPage));
        Assert.Equal(
            """{"entries":[],"head":9,"generation":"g1","current":[{"sequence":3,"version":8,"body":"new","attachmentUrl":null,"attachmentMeta":null,"deleted":false,"counts":[{"key":":ok:","count":12}],"mine":[":ok:"],"pinned":true,"replies":{"count":2,"lastSequence":7}}]}""",
            JsonSerializer.Serialize(new HistoryPage([], 9, "g1") { Current = [GoldenEntries.Current] },
                ChatJsonContext.Default.HistoryPage));
    }

    private static string Encode(ConversationEntry entry)
    {
        var output = new ArrayBufferWriter<byte>();
        HubFormat.Instance.Encode(entry, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
