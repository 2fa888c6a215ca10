using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

public sealed class CursorStoreTests : IDisposable
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);
    private static readonly ConversationId Other = ConversationId.New(Drafts.Noon);

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-cursors").FullName;

    private string File => Path.Combine(_folder, "sub", "cursors");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Saved_data_survives_a_restart()
    {
        await using (var store = new FileCursorStore(File))
        {
            await store.SaveAsync(Room, 7);
            await store.SaveAsync(Other, 9);
            await store.SaveAsync(Room, 8);
        }

        await using var again = new FileCursorStore(File);
        Assert.Equal(8, await again.LoadAsync(Room));
        Assert.Equal(9, await again.LoadAsync(Other));
        Assert.Null(await again.LoadAsync(ConversationId.Lobby));
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    [Fact]
    public async Task It_is_written_once_a_second_however_often_it_is_saved()
    {
        var time = new ManualTime();
        await using var store = new FileCursorStore(File, time);
        for (var i = 1; i <= 1_000; i++) await store.SaveAsync(Room, i);
        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(System.IO.File.Exists(File));

        time.Advance(TimeSpan.FromMilliseconds(1));

        await Eventually.HoldsAsync(async () =>
        {
            await Task.Yield();
            return System.IO.File.Exists(File);
        });
        Assert.Equal($"{Room} 1000\n", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_torn_file_counts_as_far_as_it_is_whole()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        await System.IO.File.WriteAllTextAsync(File, $"{Room} 12\nnonsense\n{Other} -3\n{ConversationId.Lobby} 123");
        await System.IO.File.WriteAllTextAsync(File + ".new", "half a fi");

        await using var store = new FileCursorStore(File);

        Assert.Equal(12, await store.LoadAsync(Room));
        Assert.Null(await store.LoadAsync(Other));
        Assert.Null(await store.LoadAsync(ConversationId.Lobby)); // 123 may be the beginning of another number
    }

    [Fact]
    public async Task A_failed_write_is_told_to_the_next_who_saves()
    {
        var store = new FileCursorStore(File);
        Directory.CreateDirectory(File + ".new"); // nothing can be written there
        await store.SaveAsync(Room, 1);
        Assert.ThrowsAny<SystemException>(store.Flush);
        Directory.Delete(File + ".new");

        await store.DisposeAsync();

        Assert.Equal($"{Room} 1\n", await System.IO.File.ReadAllTextAsync(File));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.SaveAsync(Room, 2));
    }

    [Fact]
    public async Task Cursors_in_memory_are_kept_per_user()
    {
        var store = new MemoryCursorStore();
        await store.UseAsync("ann");
        await store.SaveAsync(Room, 7);
        await store.SaveGenerationAsync(Room, "g");

        await store.UseAsync("ben");
        Assert.Null(await store.LoadAsync(Room));
        Assert.Null(await store.LoadGenerationAsync(Room));
        await store.SaveGenerationAsync(Room, "h");
        Assert.Null(await store.LoadAsync(Room));

        await store.UseAsync("ann");
        Assert.Equal((7, "g"), (await store.LoadAsync(Room), await store.LoadGenerationAsync(Room)));
        await store.ClearAsync();
        Assert.Null(await store.LoadAsync(Room));
    }

    [Fact]
    public async Task An_entry_counts_as_seen_when_the_consumer_comes_back_for_the_next_one()
    {
        var link = new ScriptedLink().Connect();
        for (var i = 0; i < 5; i++) link.Store(Drafts.Message(Room));
        await using var client = new ChatClient(ChatClientOptions.ForServer(new Uri("http://localhost")), link);
        var cursors = new MemoryCursorStore();

        await foreach (var entry in client.ReadAsync(Room, cursors, otherwise: 0))
            if (entry.Sequence == 3) break; // it dies here, so to speak
        Assert.Equal(2, await cursors.LoadAsync(Room));
        await using var again = new Consumer(client.ReadAsync(Room, cursors));

        await again.HasAsync(3);
        again.IsContiguousFrom(3);
    }

    [Fact]
    public async Task Where_from_now_on_began_is_remembered_before_anything_comes()
    {
        var link = new ScriptedLink().Connect();
        for (var i = 0; i < 5; i++) link.Store(Drafts.Message(Room));
        await using var client = new ChatClient(ChatClientOptions.ForServer(new Uri("http://localhost")), link);
        var cursors = new MemoryCursorStore();
        await using (var first = new Consumer(client.ReadAsync(Room, cursors)))
            await Eventually.HoldsAsync(async () =>
            {
                await Task.Yield();
                return await cursors.LoadAsync(Room) == 5;
            });

        link.Store(Drafts.Message(Room));
        link.Cut();
        link.Connect();
        await using var again = new Consumer(client.ReadAsync(Room, cursors));

        await again.HasAsync(1);
        again.IsContiguousFrom(6);
    }
}
