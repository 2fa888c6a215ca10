using System.IO.Compression;
using System.Text;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Server.Transfer;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Reading;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Transfer;

/// <summary>CH-266 to CH-269: what a file must be, and that a file which is not says where.</summary>
public sealed class TransferReaderTests
{
    private static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    private static CancellationToken None => CancellationToken.None;

    // CH-266
    [Fact]
    public async Task Entries_of_all_kinds_are_read_as_they_were_written()
    {
        var ann = UserId.Parse("ann");
        List<ConversationEntry> entries =
        [
            Drafts.Created("ann", "bob"),
            Drafts.Message(Room, "hi \n \u2028 \"</script>\" 👍🏽", dedupeKey: "k") with
            {
                Mentions = new() { Users = [ann], Everyone = true }, ReplyTo = 1, Thread = 1, AlsoInConversation = true,
                AttachmentUrl = "https://x", AttachmentMeta = new RawJson("[1.0]"),
                Attachments = [new() { Url = "https://x", Meta = new RawJson("[1.0]") }],
            },
            Drafts.Edited(Room, 2, "new"), Drafts.Deleted(Room, 2) with { Reason = "why" }, Drafts.Pinned(Room, 2),
            Drafts.Unpinned(Room, 2), Drafts.Added(Room, "cid"), Drafts.Removed(Room, "cid"),
            new RoleChangedEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = ann,
                CreatedAt = Drafts.Noon, ParticipantId = ann, Role = ParticipantRole.Moderator, Until = Drafts.Noon,
            },
            new ConversationChangedEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = ann,
                CreatedAt = Drafts.Noon, Title = "", SlowModeSeconds = 3,
            },
            new ContentErasedEntry
            {
                Id = MessageId.New(Drafts.Noon), ConversationId = Room, Sequence = 0, SenderId = ann,
                CreatedAt = Drafts.Noon, UserId = ann,
            },
            Drafts.Message(Room, null) with { Erased = true },
        ];
        entries = [.. entries.Select((entry, i) => entry with
        {
            ConversationId = Room, Sequence = i + 1, CreatedAt = Drafts.Noon.AddMicroseconds(i),
        })];
        var file = await FileAsync([Conversation(entries.Count),
            .. entries.Select(entry => new EntryLine { Entry = entry, DedupeKey = "d" })]);

        var read = await ReadAsync(file);

        Assert.Equal(entries.Select(Text),
            read.Select(step => step.Line).OfType<EntryLine>().Select(line => Text(line.Entry)));
        Assert.All(read.Where(step => step.Line is EntryLine).Skip(2),
            step => Assert.Equal("d", step.Content.DedupeKey));
    }

    // CH-267
    [Fact]
    public async Task A_file_without_its_end_or_with_another_byte_is_refused_wherever_it_was_cut_or_altered()
    {
        var file = await FileAsync([Conversation(3), .. Messages(3)]);
        for (var at = 0; at < file.Length - 1; at += 7)
        {
            await RefusedAsync(file[..at]);
            if (file[at] == '\n') continue;
            var altered = file.ToArray();
            altered[at] ^= 1;
            await RefusedAsync(altered);
        }
        Assert.Equal("the file is empty", await RefusedAsync(Array.Empty<byte>()));
        Assert.Contains("cut off: it ends at line 4", await RefusedAsync(Lines(file)[..4]), StringComparison.Ordinal);
        Assert.Contains("nothing behind the trailer", await RefusedAsync([.. file, .. "{}\n"u8]),
            StringComparison.Ordinal);
        var lines = Lines(file);
        Assert.StartsWith("line 5: the entry has the sequence 1, where 3 is the next one",
            await RefusedAsync([.. lines[..4], lines[2], .. lines[4..]]), StringComparison.Ordinal);
        Assert.StartsWith("line 5: the conversation",
            await RefusedAsync([.. lines[..4], .. lines[5..]]), StringComparison.Ordinal);
        Assert.Equal("line 7: lines are missing or were added: the counts of the trailer are others",
            await RefusedAsync([.. lines[..5],
                """{"type":"user","tenant":"default","userId":"eve"}""", .. lines[5..]]));
    }

    // Retention finds what is old by bisection.
    [Fact]
    public async Task A_log_whose_times_fall_is_refused_and_one_where_they_stand_still_is_not()
    {
        var same = Messages(2);
        EntryLine[] falling = [same[0], same[1] with
        {
            Entry = same[1].Entry with { CreatedAt = Drafts.Noon.AddMicroseconds(-1) },
        }];
        Assert.Equal("line 4: the entry 2 is older than the one before it; times must not fall in a log",
            await RefusedAsync(await FileAsync([Conversation(2), .. falling])));
        await ReadAsync(await FileAsync([Conversation(2), .. same]));
    }

    // CH-269
    [Theory]
    [InlineData("{", "it cannot be read")]
    [InlineData("[]", "it must be a JSON object whose first property is 'type'")]
    [InlineData("""{"userId":"ann","type":"user"}""", "it must be a JSON object whose first property is 'type'")]
    [InlineData("""{"type":"cat"}""", "'cat' is no type of line that this version knows")]
    [InlineData("""{"type":"user","tenant":"default"}""", "it cannot be read")]
    [InlineData("""{"type":"user","tenant":"A","userId":"ann"}""", "a tenant must have 1 to 64")]
    [InlineData("""{"type":"user","tenant":"default","userId":"a\nb"}""", "a user id")]
    [InlineData("""{"type":"user","tenant":"default","userId":"a\ud800"}""", "it cannot be read")]
    [InlineData("""{"type":"user","tenant":"default","userId":"ann","nmae":"Ann"}""", "nmae")]
    [InlineData("""{"type":"user","tenant":"default","userId":"ann"} {}""", "it cannot be read")]
    [InlineData("""{"type":"reaction","targetSequence":1,"userId":"ann","keys":[]}""", "must stand in a conversation")]
    [InlineData("""{"type":"mention","userId":"ann","sequence":1,"createdAt":"2026-01-01T00:00:00Z"}""",
        "must stand in a conversation")]
    [InlineData("""{"type":"entry","entry":{"kind":"poll","id":1}}""", "entries of the kind 'poll' are not known")]
    [InlineData("""{"type":"entry","entry":null}""", "it cannot be read")]
    [InlineData("""{"type":"entry","key":1}""", "the property 'key' is not known")]
    [InlineData("""{"type":"header","format":"chat-export","version":1,"id":"1afd2be2-a700-4b7d-93aa-3172938d4beb","""
        + """ "createdAt":"2026-01-01T00:00:00Z","generation":"1afd2be2-a700-4b7d-93aa-3172938d4beb","level":0}""",
        "there is a header already")]
    public async Task A_line_that_is_none_is_named_with_its_number(string line, string problem)
    {
        var header = Lines(await FileAsync([]))[0];
        var refused = await RefusedAsync([header, line]);
        Assert.StartsWith("line 2: ", refused, StringComparison.Ordinal);
        Assert.Contains(problem, refused, StringComparison.Ordinal);
    }

    // CH-266
    [Theory]
    [InlineData("\"chat-export\"", "\"mbox\"", "line 1: the format is 'mbox'")]
    [InlineData("\"version\":2", "\"version\":3",
        "line 1: the format has version 3, and this server reads 2 and older ones")]
    [InlineData("\"version\":2", "\"version\":0", "line 1: the format has version 0")]
    [InlineData("\"level\":0", "\"level\":99", "line 1: what is in it needs a server of level 99")]
    [InlineData("\"type\":\"header\"", "\"type\":\"user\"", "line 1: ")]
    public async Task A_file_of_another_version_is_refused(string written, string altered, string problem) =>
        Assert.StartsWith(problem,
            await RefusedAsync([Lines(await FileAsync([]))[0].Replace(written, altered, StringComparison.Ordinal)]),
            StringComparison.Ordinal);

    // CH-266
    [Fact]
    public async Task Metadata_in_several_lines_stays_one_line_and_the_same_JSON()
    {
        var message = Messages(1)[0].Entry as MessageEntry;
        var file = await FileAsync([Conversation(1), new EntryLine
        {
            Entry = message! with
            {
                AttachmentUrl = "https://x", AttachmentMeta = new RawJson("{\r\n\t\"a\": \"\\n\"\n}"),
            },
        }]);

        Assert.Equal(4, Lines(file).Length);
        var read = (MessageEntry)(await ReadAsync(file)).Select(step => step.Line).OfType<EntryLine>().Single().Entry;
        Assert.Equal("{  \t\"a\": \"\\n\" }", read.AttachmentMeta?.Text);
    }

    // CH-266
    [Fact]
    public async Task A_compressed_file_is_seen_by_its_first_bytes_and_small_reads_are_no_matter()
    {
        var file = await FileAsync([Conversation(40), .. Messages(40)]);
        var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(file);

        Assert.Equal(43, (await ReadAsync(compressed.ToArray())).Count);
        Assert.Contains("cut off", await RefusedAsync(compressed.ToArray()[..^40]), StringComparison.Ordinal);
        await using var source = await new TransferSource(new Trickle(file)).OpenAsync(None);
        using var reader = new TransferReader(source);
        var count = 0;
        await foreach (var _ in reader.ReadAsync(None)) count++;
        Assert.Equal(43, count);
    }

    // CH-269
    [Fact]
    public async Task A_line_without_an_end_is_refused_before_it_fills_the_memory()
    {
        using var reader = new LineReader(new Endless());
        var refused = await Assert.ThrowsAsync<TransferException>(async () => await reader.ReadAsync(None));
        Assert.Equal($"line 1: it is longer than {LineReader.MaxBytes} bytes", refused.Message);
    }

    // CH-268
    [Fact]
    public async Task Links_between_shown_entries_are_those_of_an_append()
    {
        var replies = Messages(7).Select((line, i) => line with
        {
            Entry = i is 2 or 3 or 5 ? (MessageEntry)line.Entry with { Thread = 1 } : line.Entry,
        });
        var steps = await ReadAsync(await FileAsync([Conversation(7), .. replies]));

        Assert.Equal([null, null, null, 2, 2, null, 5],
            steps.Where(step => step.Line is EntryLine).Select(step => step.ShownBefore));
        Assert.Equal((7, 7), (steps[^1].Ended!.Links.Last, steps[^1].Ended!.Links.Shown));
        Assert.Equal(0, (await ReadAsync(await FileAsync([Conversation(7), .. Messages(7)])))[^1].Ended!.Links.Shown);
    }

    private static ConversationLine Conversation(long last) => new()
    {
        Id = Room, Tenant = default, Kind = ConversationKind.Group, CreatedAt = Drafts.Noon, LastSequence = last,
    };

    private static List<EntryLine> Messages(int count) => [.. Enumerable.Range(1, count).Select(i => new EntryLine
    {
        Entry = Drafts.Message(Room, $"{i}") with { Sequence = i, CreatedAt = Drafts.Noon },
    })];

    private static async Task<byte[]> FileAsync(IEnumerable<TransferLine> lines)
    {
        var output = new MemoryStream();
        using var writer = new LineWriter(output);
        await writer.WriteAsync(new HeaderLine
        {
            Format = HeaderLine.FormatName, Version = HeaderLine.CurrentVersion, Id = Guid.NewGuid(),
            CreatedAt = Drafts.Noon, Generation = Guid.NewGuid(), Level = 0,
        }, None);
        foreach (var line in lines) await writer.WriteAsync(line, None);
        await writer.EndAsync(None);
        return output.ToArray();
    }

    private static async Task<List<TransferStep>> ReadAsync(byte[] file)
    {
        await using var source = await new TransferSource(new MemoryStream(file)).OpenAsync(None);
        using var reader = new TransferReader(source);
        var steps = new List<TransferStep>();
        await foreach (var step in reader.ReadAsync(None)) steps.Add(step);
        return steps;
    }

    private static async Task<string> RefusedAsync(byte[] file) =>
        (await Assert.ThrowsAsync<TransferException>(() => ReadAsync(file))).Message;

    private static Task<string> RefusedAsync(IEnumerable<string> lines) =>
        RefusedAsync(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).TrimEnd('\n').Split('\n');

    private static string Text(ConversationEntry entry) => System.Text.Json.JsonSerializer.Serialize(entry);

    /// <summary>Gives three bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(3, buffer.Length)], cancellationToken);
    }

    /// <summary>Gives what it is asked for, for ever.</summary>
    private sealed class Endless : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
