using System.Text;
using System.Text.Json;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>Changes in a store: the next client has them, an earlier version does no harm with them.</summary>
public sealed class StoredChangeTests : IDisposable
{
    private const string FileOfTheVersionBefore =
        "Q2hhdE9CMQrqAAAAK6kw0AF7Im51bWJlciI6MSwiY29udmVyc2F0aW9uIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAw"
        + "MDAwMDAwMDAxIiwiYm9keSI6Im9mIHRoZSB2ZXJzaW9uIGJlZm9yZSIsIm9wdGlvbnMiOnsiZGVkdXBlS2V5IjoiazEiLCJt"
        + "c2dUeXBlIjoxLCJhdHRhY2htZW50VXJsIjoiaHR0cHM6Ly94L3kiLCJhdHRhY2htZW50TWV0YSI6eyJ3IjoxfX0sImNyZWF0"
        + "ZWRBdCI6IjE5NzAtMDEtMDFUMDA6MDE6MDArMDA6MDAifQ==";

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-tests-changes-").FullName;
    private readonly ScriptedServer _server = new();

    private string File => Path.Combine(_folder, "outbox");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_file_of_the_version_before_is_read_and_messages_are_written_as_it_wrote_them()
    {
        var bytes = Convert.FromBase64String(FileOfTheVersionBefore);
        await System.IO.File.WriteAllBytesAsync(File, bytes);
        var store = new FileOutboxStore(File);
        var message = Assert.Single(await store.LoadAsync(default));
        await store.CloseAsync();
        var expected = new OutboxMessage(1, Room, "of the version before", new SendOptions
        {
            DedupeKey = "k1", MsgType = MessageType.Image, AttachmentUrl = "https://x/y",
            AttachmentMeta = new RawJson("{\"w\":1}"),
        }, DateTimeOffset.UnixEpoch.AddMinutes(1));
        Assert.Equal((expected, 0), (message, store.DamagedBytes));

        var written = new FileOutboxStore(Path.Combine(_folder, "written"));
        await written.LoadAsync(default);
        await written.AddAsync([expected], default);
        await written.CloseAsync();
        Assert.Equal(bytes, await System.IO.File.ReadAllBytesAsync(Path.Combine(_folder, "written")));
    }

    [Fact]
    public async Task A_version_before_reads_a_change_as_a_message_without_content_which_it_refuses()
    {
        await using (var outbox = await OpenAsync(offline: true))
        {
            await outbox.Enqueue(Room, Edit(7, "secret")).Accepted.WaitAsync(Bounds.Wait);
            await outbox.Enqueue(Room, new MessageDeletion { TargetSequence = 7, Command = new() { Reason = "r" } })
                .Accepted.WaitAsync(Bounds.Wait);
            await outbox.Enqueue(Room, new MessageReactions { TargetSequence = 7, Keys = ["👍"] })
                .Accepted.WaitAsync(Bounds.Wait);
        }
        var text = Encoding.UTF8.GetString(await System.IO.File.ReadAllBytesAsync(File));
        var records = text.Split("{\"number\"").Skip(1).Select(rest => "{\"number\"" + rest).ToList();
        Assert.Equal(3, records.Count);
        foreach (var record in records)
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(record));
            using var read = JsonDocument.ParseValue(ref reader); // up to its end
            Assert.Equal(["number", "conversation", "options", "createdAt", "change"],
                read.RootElement.EnumerateObject().Select(field => field.Name));
            var options = read.RootElement.GetProperty("options").EnumerateObject().ToList();
            Assert.All(options, option => Assert.True(option.Name is "dedupeKey" or "msgType", option.Name));
            Assert.NotNull(MessageRules.Check(null, new SendOptions { DedupeKey = "k" }, out _));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_client_sends_changes_in_their_places_and_once(bool wasStored)
    {
        var started = new Tally();
        _server.Script = (body, _) =>
        {
            if (body != "edit 1: two") return Verdict.Store;
            started.Add();
            return wasStored ? Verdict.StoreAndHold : Verdict.CutBefore;
        };
        await using (var outbox = await OpenAsync(losses: null))
        {
            await outbox.Enqueue(Room, "one", null).Receipt.WaitAsync(Bounds.Wait);
            var edit = outbox.Enqueue(Room, Edit(1, "two"));
            await edit.Accepted.WaitAsync(Bounds.Wait);
            await outbox.Enqueue(Room, "three", null).Accepted.WaitAsync(Bounds.Wait);
            await started.AtLeastAsync(1);
        }
        _server.Script = (_, _) => Verdict.Store;
        await using (var next = await OpenAsync())
        {
            await next.FlushAsync(default).WaitAsync(Bounds.Wait);
            Assert.Equal(["one", "edit 1: two", "three"], _server.Log(Room));
        }
        await using var last = await OpenAsync();
        Assert.Empty(last.Pending.All());
    }

    [Theory]
    [InlineData(false)] // nothing was sent
    [InlineData(true)] // the message was stored, and its receipt had come
    public async Task A_change_of_a_message_that_waited_finds_it_after_a_restart(bool wasSent)
    {
        _server.GoOffline();
        await using (var outbox = await OpenAsync(losses: null))
        {
            var message = outbox.Enqueue(Room, "one", null);
            await outbox.Enqueue(message, new MessageEdit { Command = new EditMessage { Body = "two" } })
                .Accepted.WaitAsync(Bounds.Wait);
            await outbox.Enqueue(Room, "three", null).Accepted.WaitAsync(Bounds.Wait);
            _server.Script = (body, _) => body == "one" ? Verdict.Store : Verdict.CutBefore;
            if (wasSent)
            {
                _server.GoOnline();
                await message.Receipt.WaitAsync(Bounds.Wait);
                _server.GoOffline();
            }
        }
        _server.Script = (_, _) => Verdict.Store;
        _server.GoOnline();
        await using (var next = await OpenAsync())
        {
            await next.FlushAsync(default).WaitAsync(Bounds.Wait);
            Assert.Equal(["one", "edit 1: two", "three"], _server.Log(Room));
        }
        await using var last = await OpenAsync();
        Assert.Empty(last.Pending.All());
    }

    [Fact]
    public async Task A_change_whose_message_a_store_has_lost_is_refused()
    {
        var store = new FileOutboxStore(File);
        await store.LoadAsync(default);
        await store.AddAsync([
            new OutboxMessage(1, Room, null, new SendOptions { DedupeKey = "k" }, DateTimeOffset.UnixEpoch)
            {
                Change = new MessageEdit { TargetKey = "lost", Command = new EditMessage { Body = "two" } },
            },
        ], default);
        await store.CloseAsync();
        await using var outbox = await OpenAsync();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.IsType<Chat.ClientSdk.ChatRefusedException>(Assert.Single(outbox.Pending.All()).Failure);
        Assert.Empty(_server.Called);
    }

    private async Task<Outbox> OpenAsync(bool offline = false, int? losses = 3)
    {
        if (offline) _server.GoOffline();
        var outbox = Create(_server,
            new OutboxOptions { Store = new FileOutboxStore(File), LossesUntilSetAside = losses });
        await outbox.OpenAsync(default).WaitAsync(Bounds.Wait);
        return outbox;
    }

    private static MessageEdit Edit(long target, string body) =>
        new() { TargetSequence = target, Command = new EditMessage { Body = body } };
}
