using Chat.ClientSdk.Sending;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>What the store has is sent by the next client.</summary>
public sealed class OutboxStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-tests-outbox-").FullName;
    private readonly ScriptedServer _server = new();

    private string File => Path.Combine(_folder, "outbox");

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_client_sends_what_the_last_one_accepted_before_its_own_and_once(bool inFile)
    {
        IOutboxStore store = inFile ? new FileOutboxStore(File) : new MemoryOutboxStore();
        // stored, and the client never learns it
        _server.Script = (body, _) => body == "m3" ? Verdict.StoreAndHold : Verdict.Store;
        await using (var first = Create(_server, new OutboxOptions { Store = store, Window = 3 }))
        {
            var messages = Bodies(3).Select(body => first.Enqueue(Room, body, null)).ToList();
            await _server.Calls.AtLeastAsync(3);
            await messages[1].Receipt.WaitAsync(Bounds.Wait);
            _server.GoOffline();
            foreach (var body in (string[])["m4", "m5"])
                await first.Enqueue(Room, body, null).Accepted.WaitAsync(Bounds.Wait);
        }
        _server.Script = (_, _) => Verdict.Store;
        await using var next = Create(_server,
            new OutboxOptions { Store = inFile ? new FileOutboxStore(File) : store });
        var own = next.Enqueue(Room, "m6", null); // before the store is loaded
        await next.OpenAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["m3", "m4", "m5", "m6"], next.Pending.In(Room).Select(message => message.Body));
        _server.GoOnline();
        await own.Receipt.WaitAsync(Bounds.Wait);
        Assert.Equal(Bodies(6), _server.Log(Room));
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_store_has_it_and_those_who_accept_at_once_share_a_write()
    {
        var release = new TaskCompletionSource();
        var store = new RecordingStore { BeforeAdd = _ => release.Task };
        await using var outbox = Create(_server, new OutboxOptions { Store = store });
        await outbox.OpenAsync(default);
        var messages = Bodies(50).Select(body => outbox.Enqueue(Room, body, null)).ToList();
        Assert.DoesNotContain(messages, message => message.Accepted.IsCompleted);
        Assert.Empty(_server.Called);
        release.SetResult();
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(Bodies(50), _server.Log(Room));
        Assert.InRange(store.AddCalls, 1, 25);
    }

    [Fact]
    public async Task A_message_that_the_store_does_not_take_is_not_accepted_and_the_others_go_on()
    {
        var store = new RecordingStore
        {
            BeforeAdd = batch =>
                batch.Any(message => message.Body == "m2") ? throw new IOException("disk full") : Task.CompletedTask
        };
        await using var outbox = Create(_server, new OutboxOptions { Store = store });
        await outbox.SendAsync(Room, "m1", null, default).WaitAsync(Bounds.Wait);
        await Assert.ThrowsAsync<IOException>(() => outbox.SendAsync(Room, "m2", null, default).WaitAsync(Bounds.Wait));
        await outbox.SendAsync(Room, "m3", null, default).WaitAsync(Bounds.Wait);
        Assert.Equal(["m1", "m3"], _server.Log(Room));
        Assert.Empty(outbox.Pending.All());
    }

    [Fact]
    public async Task A_store_that_cannot_be_loaded_is_said_to_every_sender()
    {
        await using var outbox = Create(_server,
            new OutboxOptions { Store = new RecordingStore { LoadFailure = new IOException("locked") } });
        var early = outbox.SendAsync(Room, "m1", null, default);
        await Assert.ThrowsAsync<IOException>(() => early.WaitAsync(Bounds.Wait));
        await Assert.ThrowsAsync<IOException>(() => outbox.OpenAsync(default).WaitAsync(Bounds.Wait));
        Assert.Contains("locked",
            (await Assert.ThrowsAsync<IOException>(() => outbox.SendAsync(Room, "m2", null, default))).Message,
            StringComparison.Ordinal);
        Assert.Empty(_server.Called);
    }

    [Fact]
    public async Task A_store_that_could_not_be_loaded_is_tried_again_by_the_next_sender()
    {
        var store = new RecordingStore { LoadFailure = new IOException("locked") };
        await using var outbox = Create(_server, new OutboxOptions { Store = store });
        await Assert.ThrowsAsync<IOException>(() => outbox.OpenAsync(default).WaitAsync(Bounds.Wait));
        var shown = outbox.Enqueue(Room, "m1", null);
        await Assert.ThrowsAsync<IOException>(() => shown.Receipt.WaitAsync(Bounds.Wait));

        store.LoadFailure = null;
        shown.Retry();
        await shown.Receipt.WaitAsync(Bounds.Wait);
        await outbox.OpenAsync(default).WaitAsync(Bounds.Wait);
        await outbox.SendAsync(Room, "m2", null, default).WaitAsync(Bounds.Wait);
        Assert.Equal(["m1", "m2"], _server.Log(Room));
    }

    [Fact]
    public async Task Sent_and_refused_messages_leave_the_store()
    {
        _server.Script = (body, _) => body == "m2" ? Verdict.BadRequest : Verdict.Store;
        var store = new RecordingStore();
        var outbox = Create(_server, new OutboxOptions { Store = store });
        foreach (var body in Bodies(3)) outbox.Enqueue(Room, body, null);
        await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        await outbox.DisposeAsync();
        Assert.Empty(store.Bodies);
    }
}
