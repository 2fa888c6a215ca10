using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;

namespace Chat.Tests.Unit.ClientSdk.Sending;

/// <summary>A file that was broken off anywhere holds what had been accepted by then.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-tests-journal-").FullName;

    private string File => Path.Combine(_folder, "outbox");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public async Task A_message_comes_back_as_it_was()
    {
        var message = Message(1) with
        {
            Body = "ä \"quoted\"\n👋",
            Options = new SendOptions
            {
                DedupeKey = "k1", MsgType = MessageType.Image, AttachmentUrl = "https://x/y",
                AttachmentMeta = new RawJson("{\"w\":1}")
            },
        };
        await ChangeAsync(store => store.AddAsync([message], default));
        Assert.Equal([message], await LoadAsync(File));
    }

    [Fact]
    public async Task Every_prefix_of_the_file_is_a_state_that_there_was()
    {
        var states = new List<(long Length, long[] Numbers)>();
        var live = new SortedSet<long>();
        await ChangeAsync(async store =>
        {
            void Note() => states.Add((new FileInfo(File).Length, [.. live]));
            Note();
            for (var number = 1L; number <= 12; number += 2)
            {
                foreach (var added in (long[])[number, number + 1])
                {
                    await store.AddAsync([Message(added)], default);
                    live.Add(added);
                    Note();
                }
                await store.RemoveAsync([number, 99], default);
                live.Remove(number);
                Note();
            }
        });
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var expected = states.LastOrDefault(state => state.Length <= length).Numbers ?? [];
            Assert.Equal(expected, await LoadBytesAsync(bytes[..length]));
        }
    }

    [Fact]
    public async Task A_damaged_byte_costs_its_own_record_and_no_other_wherever_it_is()
    {
        await ChangeAsync(store => store.AddAsync([Message(1), Message(2), Message(3)], default));
        var bytes = await System.IO.File.ReadAllBytesAsync(File);
        var copy = Path.Combine(_folder, "copy");
        for (var at = 0; at < bytes.Length; at += at < 24 ? 1 : 7)
        {
            var damaged = bytes.ToArray();
            damaged[at] ^= 0x40;
            await System.IO.File.WriteAllBytesAsync(copy, damaged);
            var store = new FileOutboxStore(copy);
            var left = (await store.LoadAsync(default)).Select(message => message.Number).ToList();
            Assert.Equal(at < 8 ? 3 : 2, left.Count);
            Assert.True(store.DamagedBytes > 0);
            Assert.Equal(damaged, await System.IO.File.ReadAllBytesAsync(copy + ".damaged"));
            await store.AddAsync([Message(7)], default);
            await store.CloseAsync();

            var again = new FileOutboxStore(copy);
            Assert.Equal([.. left, 7], (await again.LoadAsync(default)).Select(message => message.Number));
            Assert.Equal(0, again.DamagedBytes); // told once
            await again.CloseAsync();
        }
    }

    [Fact]
    public async Task Unreadable_records_are_skipped_like_damage()
    {
        await ChangeAsync(
            store => store.AddAsync([Message(1), Message(2) with { Options = null! }, Message(3)], default));
        Assert.Equal([1, 3], (await LoadAsync(File)).Select(message => message.Number));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, "dear diary, today");
        var refusal = await Assert.ThrowsAsync<IOException>(() => LoadAsync(File));
        Assert.Contains("is not an outbox", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("dear diary, today", await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_file_that_is_open_is_refused_to_a_second_one_until_it_is_closed()
    {
        var (first, second) = (new FileOutboxStore(File), new FileOutboxStore(File));
        await first.LoadAsync(default);
        var refusal = await Assert.ThrowsAsync<IOException>(() => second.LoadAsync(default));
        Assert.Contains("in use by another client or process", refusal.Message, StringComparison.Ordinal);
        await first.CloseAsync();
        await second.LoadAsync(default);
        await second.CloseAsync();
    }

    [Fact]
    public async Task The_file_is_written_anew_when_most_of_it_counts_no_more()
    {
        var largest = 0L;
        await ChangeAsync(async store =>
        {
            await store.AddAsync([Message(1)], default);
            for (var number = 2L; number <= 400; number++)
            {
                await store.AddAsync([Message(number) with { Body = new string('x', 4_000) }], default);
                await store.RemoveAsync([number], default);
                largest = Math.Max(largest, new FileInfo(File).Length);
            }
            await store.AddAsync([Message(401)], default);
        });
        Assert.InRange(largest, 128 * 1024, 320 * 1024);
        Assert.Equal([1, 401], (await LoadAsync(File)).Select(message => message.Number));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    private static OutboxMessage Message(long number) =>
        new(number, TestOutbox.Room, $"m{number}", new SendOptions { DedupeKey = $"k{number}" },
            DateTimeOffset.UnixEpoch.AddMinutes(number));

    private async Task<long[]> LoadBytesAsync(byte[] bytes)
    {
        var path = Path.Combine(_folder, "copy");
        await System.IO.File.WriteAllBytesAsync(path, bytes);
        return [.. (await LoadAsync(path)).Select(message => message.Number)];
    }

    private static async Task<IReadOnlyList<OutboxMessage>> LoadAsync(string path)
    {
        var store = new FileOutboxStore(path);
        var messages = await store.LoadAsync(default);
        await store.CloseAsync();
        return messages;
    }

    private async Task ChangeAsync(Func<FileOutboxStore, Task> change, string? path = null)
    {
        var store = new FileOutboxStore(path ?? File);
        await store.LoadAsync(default);
        await change(store);
        await store.CloseAsync();
    }
}
