using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>Whatever the faults: every accepted message and every change is in the log once, and in the order of the
/// calls.</summary>
public sealed class OutboxPropertyTests
{
    private const int Messages = 300;

    private static readonly ConversationId[] Rooms = [TestOutbox.Room, TestOutbox.Other,
        new(new Guid("00000000-0000-0000-0000-0000000000bb"))];

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Every_message_is_stored_once_in_the_order_of_the_calls(int seed, int window, double troubles)
    {
        var server = new FaultyServer(seed, cuts: 0.05, troubles);
        var store = new MemoryOutboxStore();
        var expected = Rooms.ToDictionary(room => room, _ => new List<string>());
        var random = new Random(seed);
        for (var sent = 0; sent < Messages;)
        {
            // A client that is ended in the middle, and a next one with the same store.
            await using var outbox = TestOutbox.Create(server,
                new OutboxOptions
                {
                    Window = window, Store = store, Capacity = 1_000, LossesUntilSetAside = null,
                });
            await outbox.OpenAsync(default).WaitAsync(Bounds.Wait);
            var accepted = new List<PendingMessage>();
            for (var last = Math.Min(Messages, sent + random.Next(20, 120)); sent < last; sent++)
            {
                var room = Rooms[random.Next(Rooms.Length)];
                var (said, message) = Give(outbox, room, sent, random);
                expected[room].Add(said);
                accepted.Add(message);
                if (random.Next(10) == 0) await Task.Yield();
            }
            await Task.WhenAll(accepted.Select(message => message.Accepted)).WaitAsync(Bounds.Wait);
            if (sent == Messages) await outbox.FlushAsync(default).WaitAsync(Bounds.Wait);
        }
        foreach (var room in Rooms) Assert.Equal(expected[room], server.Log(room));
        Assert.True(server.Cuts > 5);
    }

    private static (string Said, PendingMessage Message) Give(
        Outbox outbox, ConversationId room, int number, Random random)
    {
        var (target, text) = (random.Next(1, 9), $"m{number}");
        switch (random.Next(6))
        {
            case 0:
                var edit = new MessageEdit { TargetSequence = target, Command = new EditMessage { Body = text } };
                return ($"edit {target}: {text}", outbox.Enqueue(room, edit));
            case 1:
                var deletion =
                    new MessageDeletion { TargetSequence = target, Command = new DeleteMessage { Reason = text } };
                return ($"delete {target}: {text}", outbox.Enqueue(room, deletion));
            default:
                return (text, outbox.Enqueue(room, text, null));
        }
    }

    /// <summary>With more than one under way a server that fails one message and stores the next breaks the order,
    /// which no client can help: so no such troubles there.</summary>
    public static TheoryData<int, int, double> Worlds()
    {
        var worlds = new TheoryData<int, int, double>();
        for (var seed = 1; seed <= 12; seed++) worlds.Add(seed, 32, 0);
        for (var seed = 1; seed <= 4; seed++) worlds.Add(seed, 3, 0);
        for (var seed = 1; seed <= 6; seed++) worlds.Add(seed, 1, 0.1);
        return worlds;
    }
}
