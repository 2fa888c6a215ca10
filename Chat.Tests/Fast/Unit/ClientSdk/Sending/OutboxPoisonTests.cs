using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Json;
using static Chat.Tests.Unit.ClientSdk.Sending.TestOutbox;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>A message that no server can take fails alone: what is behind it is sent.</summary>
public sealed class OutboxPoisonTests
{
    private readonly ScriptedServer _server = new();

    [Fact]
    public async Task A_message_that_the_connection_is_lost_over_three_times_fails_alone()
    {
        _server.Script = (body, _) => body == "poison" ? Verdict.CutBefore : Verdict.Store;
        await using var outbox = Create(_server);
        var before = outbox.Enqueue(Room, "before", null);
        var poison = outbox.Enqueue(Room, "poison", null);
        var behind = outbox.Enqueue(Room, "behind", null);
        var elsewhere = outbox.Enqueue(Other, "elsewhere", null);
        foreach (var sound in new[] { before, behind, elsewhere }) await sound.Receipt.WaitAsync(Bounds.Wait);
        var failure = await Assert.ThrowsAsync<ChatDisconnectedException>(() => poison.Receipt.WaitAsync(Bounds.Wait));
        Assert.Contains("3 times in a row", failure.Message, StringComparison.Ordinal);
        Assert.Equal((PendingMessageState.Failed, true), (poison.State, poison.MayBeStored));
        Assert.Equal(["before", "behind"], _server.Log(Room));
        Assert.Equal(["elsewhere"], _server.Log(Other));
        // More often where another message was the first under way when a connection was lost.
        Assert.True(_server.Called.Count(body => body == "poison") >= 3);

        _server.Script = (_, _) => Verdict.Store; // a proxy was at fault, and is repaired
        poison.Retry();
        await poison.Receipt.WaitAsync(Bounds.Wait);
        Assert.Equal(["before", "behind", "poison"], _server.Log(Room));
    }

    // By number: not all of them can be told to a runner.
    private static readonly (string Body, string? Meta)[] Poisons =
    [
        (new string('a', 1_100 * 1_024), null), ("a\0", null), ("\ud800", null), (" ", null),
        ("deep", new string('[', 100_000) + new string(']', 100_000)),
        ("nested", new string('[', 33) + new string(']', 33)), ("lone", "[\"\\ud800\"]"),
        ("large", $"[\"{new string('m', 1_100 * 1_024)}\"]"),
    ];

    public static TheoryData<int> PoisonNumbers() => [.. Enumerable.Range(0, Poisons.Length)];

    [Theory]
    [MemberData(nameof(PoisonNumbers))]
    public async Task Messages_that_the_server_would_refuse_fail_alone_at_the_call_and_at_a_retry(
        int number)
    {
        var (body, meta) = Poisons[number];
        var options = meta is null ? null : new SendOptions { AttachmentMeta = new RawJson(meta) };
        await using var outbox = Create(_server);
        var poison = outbox.Enqueue(Room, body, options);
        var behind = outbox.Enqueue(Room, "behind", null);
        await poison.Accepted.WaitAsync(Bounds.Wait);
        Assert.Equal(PendingMessageState.Failed, poison.State);
        await Assert.ThrowsAsync<ChatRefusedException>(() => poison.Receipt.WaitAsync(Bounds.Wait));
        await behind.Receipt.WaitAsync(Bounds.Wait);

        poison.Retry();
        await Assert.ThrowsAsync<ChatRefusedException>(() => poison.Receipt.WaitAsync(Bounds.Wait));
        Assert.Equal(["behind"], _server.Called);
        Assert.True(poison.Discard());
        Assert.Empty(outbox.Pending.All());
    }

    [Theory]
    [MemberData(nameof(PoisonNumbers))]
    public async Task A_stored_message_that_the_server_would_refuse_fails_alone_without_losing_a_connection(
        int number)
    {
        var (body, meta) = Poisons[number];
        var store = new MemoryOutboxStore();
        var key = new SendOptions { DedupeKey = "k", AttachmentMeta = meta is null ? null : new RawJson(meta) };
        await store.AddAsync([new OutboxMessage(1, Room, body, key, DateTimeOffset.UnixEpoch)], default);
        await using var outbox = Create(_server, new OutboxOptions { Store = store });
        await outbox.SendAsync(Room, "own", null, default).WaitAsync(Bounds.Wait);
        var poison = Assert.Single(outbox.Pending.All());
        Assert.IsType<ChatRefusedException>(poison.Failure);
        Assert.Equal(["own"], _server.Called);
    }

    [Fact]
    public async Task Messages_refused_at_the_call_take_room_like_other_failed_ones()
    {
        await using var outbox = Create(_server, new OutboxOptions { Capacity = 2 });
        outbox.Enqueue(Room, "\0", null);
        outbox.Enqueue(Room, "\0", null);
        Assert.Throws<ChatOutboxFullException>(() => outbox.Enqueue(Room, "\0", null));
        outbox.Pending.All()[0].Discard();
        await outbox.Enqueue(Room, "m1", null).Receipt.WaitAsync(Bounds.Wait);
    }

    [Fact]
    public async Task A_sender_who_waits_for_a_message_that_is_set_aside_is_told()
    {
        _server.Script = (_, _) => Verdict.CutAfter;
        await using var outbox = Create(_server, new OutboxOptions { LossesUntilSetAside = 2 });
        await Assert.ThrowsAsync<ChatDisconnectedException>(
            () => outbox.SendAsync(Room, "poison", null, default).WaitAsync(Bounds.Wait));
        Assert.Equal(2, _server.Called.Count);
        Assert.Empty(outbox.Pending.All());
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(null, 20)]
    public async Task Fewer_losses_or_an_answer_in_between_set_nothing_aside(int? until, int losses)
    {
        _server.Script = (_, before) => before < losses ? Verdict.CutBefore : Verdict.Store;
        await using var outbox = Create(_server, new OutboxOptions { LossesUntilSetAside = until, Window = 4 });
        await SendAllAsync(outbox, 10);
        Assert.Equal(Bodies(10), _server.Log(Room));
    }

    [Fact]
    public async Task Messages_set_aside_stay_in_the_store_for_the_next_client()
    {
        var store = new MemoryOutboxStore();
        _server.Script = (_, _) => Verdict.CutBefore;
        await using (var outbox = Create(_server, new OutboxOptions { Store = store }))
        {
            var poison = outbox.Enqueue(Room, "poison", null);
            await Assert.ThrowsAsync<ChatDisconnectedException>(() => poison.Receipt.WaitAsync(Bounds.Wait));
        }
        _server.Script = (_, _) => Verdict.Store;
        await using var next = Create(_server, new OutboxOptions { Store = store });
        await next.OpenAsync(default).WaitAsync(Bounds.Wait);
        await next.FlushAsync(default).WaitAsync(Bounds.Wait);
        Assert.Equal(["poison"], _server.Log(Room));
    }
}
