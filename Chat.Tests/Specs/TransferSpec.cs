using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Chat.Server.Safety.Store;
using Chat.Server.Transfer;
using Chat.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Specs;

/// <summary>Exports of a database, imported into another one of the same kind or not.</summary>
public abstract class TransferSpec : StoreSpec
{
    private static CancellationToken None => CancellationToken.None;

    internal abstract DatabaseKind Into { get; }

    // CH-266, CH-268, CH-270
    [SpecFact]
    public async Task An_import_of_a_generated_log_has_the_same_rows_pages_lists_and_export()
    {
        for (var seed = 1; seed <= 4; seed++)
        {
            await using var from = await TestDatabase.CreateAsync(Kind);
            await using var there = new StoreHost(from.Settings);
            var log = new TransferLog(there, seed);
            await log.FillAsync();
            var file = await ExportAsync(there);
            await using var target = await TestDatabase.CreateAsync(Into);
            await using var here = new StoreHost(target.Settings);
            var generation = await GenerationAsync(here);

            var counts = await ImportAsync(here, file);

            Assert.Equal(await TableDump.OfAsync(there), await TableDump.OfAsync(here));
            Assert.Equal(BodyOf(file), BodyOf(await ExportAsync(here)));
            Assert.Equal(log.Conversations.Count, counts!.Of("conversation"));
            foreach (var conversation in log.Conversations) await AssertShownAsync(conversation, there, here);
            await AssertListsAsync(there, here);
            Assert.Equal(["3"], await target.QueryAsync("select requires from deployment"));
            Assert.NotEqual(generation, await GenerationAsync(here));
        }
    }

    // CH-268
    [SpecFact]
    public async Task An_import_that_is_broken_off_anywhere_goes_on_where_it_was()
    {
        await new TransferLog(Stores, 9).FillAsync();
        await SendManyAsync(2_500);
        var file = await ExportAsync(Stores);
        await using var target = await TestDatabase.CreateAsync(Into);
        var random = new Random(9);
        for (var at = 0; at < file.Length; at += random.Next(file.Length / 4))
        {
            await using var here = new StoreHost(target.Settings);
            await RefusedAsync(here, file[..at]);
        }
        await using (var here = new StoreHost(target.Settings))
        {
            Assert.Equal([Deployment.LevelOfImport.ToString(System.Globalization.CultureInfo.InvariantCulture)],
                await target.QueryAsync("select requires from deployment"));
            Assert.NotNull(await ImportAsync(here, file));
            Assert.Equal(await TableDump.OfAsync(Stores), await TableDump.OfAsync(here));
            Assert.Equal(BodyOf(file), BodyOf(await ExportAsync(here)));
            Assert.Null(await ImportAsync(here, file)); // once is enough
            Assert.Equal(await TableDump.OfAsync(Stores), await TableDump.OfAsync(here));
        }
    }

    // CH-268
    [SpecFact]
    public async Task A_file_that_differs_from_the_one_that_was_begun_is_refused()
    {
        await SendManyAsync(2_500);
        var file = await ExportAsync(Stores);
        var other = await ExportAsync(Stores);
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);
        await RefusedAsync(here, file[..^200]);

        var altered = Encoding.UTF8.GetString(file).Replace("\"number 3\"", "\"number 4\"", StringComparison.Ordinal);
        Assert.Contains("differs from the one that was begun",
            await RefusedAsync(here, Encoding.UTF8.GetBytes(altered)), StringComparison.Ordinal);
        Assert.Contains("another import was begun", await RefusedAsync(here, other), StringComparison.Ordinal);
        Assert.NotNull(await ImportAsync(here, file));
        Assert.Equal(await TableDump.OfAsync(Stores), await TableDump.OfAsync(here));
    }

    // CH-269
    [SpecFact]
    public async Task A_tenant_is_imported_beside_others_and_what_is_there_stays()
    {
        await new TransferLog(Stores, 5).FillAsync();
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);
        await new TransferLog(here, 6).FillAsync();
        await target.ExecuteAsync("delete from participants where tenant = 'acme'");
        await target.ExecuteAsync("update users set name = 'Newer' where tenant = 'acme'");
        var before = await TableDump.OfAsync(here);

        await ImportAsync(here, await ExportAsync(Stores, new ExportFilter(Tenant.Parse("acme"), null)));

        var after = await TableDump.OfAsync(here);
        Assert.Empty(before.Except(after));
        var added = after.Except(before).ToList();
        Assert.Equal((await TableDump.OfAsync(Stores)).Where(row => row.Contains("acme", StringComparison.Ordinal)
            && row.StartsWith("ConversationRow", StringComparison.Ordinal)),
            added.Where(row => row.StartsWith("ConversationRow", StringComparison.Ordinal)));
        Assert.Contains(added, row => row.StartsWith("ThreadFollowRow", StringComparison.Ordinal));
        Assert.Matches("^line [0-9]+: .* in the database already",
            await RefusedAsync(here, await ExportAsync(Stores)));
    }

    // CH-266
    [SpecFact]
    public async Task One_conversation_is_exported_with_those_who_take_part()
    {
        var log = new TransferLog(Stores, 7);
        await log.FillAsync();
        var file = await ExportAsync(Stores, new ExportFilter(null, [log.Conversations[1]]));
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);

        var counts = await ImportAsync(here, file);

        Assert.Equal((1, 1, 0), (counts!.Of("conversation"), counts.Of("user"), counts.Of("block")));
        Assert.Equal(await Stores.Messages.ReadAfterAsync(log.Conversations[1], 0, int.MaxValue, None),
            await here.Messages.ReadAfterAsync(log.Conversations[1], 0, int.MaxValue, None),
            (a, b) => Text(a) == Text(b));
        await Assert.ThrowsAsync<TransferException>(() =>
            ExportAsync(Stores, new ExportFilter(null, [ConversationId.New(Drafts.Noon)])));
    }

    // CH-266
    [SpecFact]
    public async Task A_log_of_a_version_without_newer_columns_is_exported_and_imported()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "2"), Drafts.Message(conversation, "3"));
        await Database.ExecuteAsync(
            $$"""
            insert into messages (conversation_id, sequence, created_at, kind, sender_id, message, message_id, msg_type,
                                  attachment_url, attachment_meta)
            select id, 4, last_entry_at, 0, 'Rene{{"\u0301"}}', '4', {{Literal(ConversationId.New(Drafts.Noon))}}, 1,
                   'https://old.example.com', '{"a":{{"\n"}}1}'
              from conversations where id = {{Literal(conversation)}};
            update messages set message = '' where sequence = 2;
            update conversations set last_sequence = 4, erased_sequence = 2, listed_at = null
             where id = {{Literal(conversation)}}
            """);
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);

        await ImportAsync(here, await ExportAsync(Stores));

        var log = await here.Messages.ReadAfterAsync(conversation, 0, int.MaxValue, None);
        Assert.True(log[1].Erased);
        var old = Assert.IsType<MessageEntry>(log[3]);
        Assert.Equal(("Rene\u0301", "https://old.example.com", "{\"a\": 1}"),
            (old.SenderId.Value, old.AttachmentUrl, old.AttachmentMeta?.Text)); // a space for the line break
        var added = (await here.Messages.CommitAsync(
            Drafts.Of(Drafts.Message(conversation, "5")), Drafts.Noon, None))[0];
        Assert.Equal((CommitStatus.Stored, 5), (added.Status, added.Sequence));
        Assert.True(added.CreatedAt > old.CreatedAt);
    }

    // CH-270
    [SpecFact]
    public async Task Retention_looks_at_all_again_behind_an_import()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "2"));
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);
        await here.Cursors.TryMoveAsync("retention/messages", null, 5, null, None);

        await ImportAsync(here, await ExportAsync(Stores));

        Assert.Null(await here.Cursors.FindAsync("retention/messages", None)); // what came is old
    }

    // CH-270
    [SpecFact]
    public async Task Observers_begin_behind_an_import_and_miss_nothing_of_before()
    {
        var conversation = await CreateConversationAsync();
        await CommitAsync(Drafts.Message(conversation, "2"));
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);
        var own = Drafts.Created("eve", "fred");
        await here.Conversations.CreateAsync(own, ConversationKind.Group, hasOwner: true, None);
        await here.Observers.Leases.AddAsync("behind", 0, None);
        await here.Observers.Leases.AddAsync("there", await here.Observers.Log.FindEndAsync(None), None);

        await ImportAsync(here, await ExportAsync(Stores));

        var end = await here.Observers.Log.FindEndAsync(None);
        Assert.Equal([("behind", end), ("there", end)],
            (await here.Observers.Leases.ListAsync(None)).Select(observer => (observer.Name, observer.Mark)));
        var parked = Assert.Single(await here.Observers.Parked.FindAsync("behind", None));
        Assert.Equal((own.ConversationId, 0), (parked.Conversation, parked.Position));
        Assert.Empty(await here.Observers.Parked.FindAsync("there", None));
    }

    // CH-269
    [SpecFact]
    public async Task A_line_that_cannot_be_stored_is_named()
    {
        await SendManyAsync(20);
        var lines = Encoding.UTF8.GetString(await ExportAsync(Stores)).Split('\n').ToList();
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);

        var at = lines.FindIndex(line => line.StartsWith("{\"type\":\"participant\"", StringComparison.Ordinal));
        Assert.Equal($"line {at + 2}: a line before it is about the same",
            await RefusedAsync(here, Sealed([.. lines[..(at + 1)], .. lines[at..]])));
        await RefusePoisonAsync(target);
        at = lines.FindIndex(line => line.Contains("\"number 3\"", StringComparison.Ordinal));
        Assert.StartsWith($"line {at + 1}: the database refuses it",
            await RefusedAsync(here, Sealed(
                [.. lines.Select(line => line.Replace("number 3\"", "poison\"", StringComparison.Ordinal))])),
            StringComparison.Ordinal);
        Assert.NotNull(await ImportAsync(here, Sealed(lines))); // and then mended
        Assert.Equal(await TableDump.OfAsync(Stores), await TableDump.OfAsync(here));
    }

    // CH-268
    [SpecFact]
    public async Task Who_was_mentioned_is_as_it_was_and_in_a_file_of_version_1_as_the_log_says()
    {
        var (ann, bob) = (UserId.Parse("ann"), UserId.Parse("bob"));
        await MentionAsync(ann, bob); // 1: bob comes later
        await ReadLobbyAsync(bob);
        await MentionAsync(ann, bob); // 2
        await BlockAsync(ann, bob);
        await MentionAsync(ann, bob); // 3: of one who is blocked
        await Database.ExecuteAsync("delete from user_blocks");
        await ReadLobbyAsync(ann);
        await MentionAsync(bob, ann); // 4: ann goes later
        await Database.ExecuteAsync("delete from participants where user_id = 'ann'");
        var file = await ExportAsync(Stores);
        await using var target = await TestDatabase.CreateAsync(Into);
        await using var here = new StoreHost(target.Settings);
        await using var old = await TestDatabase.CreateAsync(Into);
        await using var there = new StoreHost(old.Settings);
        var older = Encoding.UTF8.GetString(file).Replace("\"version\":2", "\"version\":1", StringComparison.Ordinal)
            .Split('\n').Where(line => !line.StartsWith("{\"type\":\"mention\"", StringComparison.Ordinal)).ToList();

        await ImportAsync(here, file);
        await ImportAsync(there, Sealed(older));

        Assert.Equal(["*|1", "*|2", "*|3", "*|4", "ann|4", "bob|2"], await MentionsAsync(target));
        Assert.Equal(["*|1", "*|2", "*|3", "*|4", "bob|1", "bob|2", "bob|3"], await MentionsAsync(old));
        foreach (var stores in new[] { Stores, here }) await stores.Rebuild.RunAsync(None);
        Assert.Equal(await TableDump.OfAsync(Stores), await TableDump.OfAsync(here));
    }

    private static Task<List<string>> MentionsAsync(TestDatabase database) =>
        database.QueryAsync("select user_id, sequence from mentions order by user_id, sequence");

    private Task MentionAsync(UserId sender, UserId named) => Stores.Messages.CommitAsync(
        [
            new Draft(MessageId.New(Drafts.Noon), ConversationId.Lobby, sender, EntryContent.Message(new CheckedMessage(
                $"hello {named}", new() { Mentions = new MessageMentions { Users = [named], Everyone = true } }))),
        ], Drafts.Noon, None);

    private Task ReadLobbyAsync(UserId user) =>
        Stores.Conversations.MarkReadAsync(ConversationId.Lobby, user.Key(), 1, None);

    private async Task BlockAsync(UserId user, UserId whom)
    {
        await using var db = await Stores.CreateContextAsync();
        db.AddRange(
            new BlockRow
            {
                Tenant = Tenant.Default, UserId = user, OtherId = whom, Blocks = true, ChangedAt = Drafts.Noon,
            },
            new BlockRow
            {
                Tenant = Tenant.Default, UserId = whom, OtherId = user, IsBlocked = true, ChangedAt = Drafts.Noon,
            });
        await db.SaveChangesAsync();
    }

    private static async Task<Guid> GenerationAsync(StoreHost stores)
    {
        await using var db = await stores.CreateContextAsync();
        return (await db.Set<DeploymentRow>().AsNoTracking().SingleAsync()).Generation;
    }

    private async Task SendManyAsync(int count)
    {
        var conversation = await CreateConversationAsync();
        foreach (var some in Enumerable.Range(1, count).Chunk(500))
            await CommitAsync([.. some.Select(i => Drafts.Message(conversation, $"number {i}"))]);
    }

    private static async Task<byte[]> ExportAsync(StoreHost stores, ExportFilter? filter = null)
    {
        var output = new MemoryStream();
        await stores.Export.RunAsync(filter ?? ExportFilter.Everything, output, None);
        return output.ToArray();
    }

    private static Task<TransferCounts?> ImportAsync(StoreHost stores, byte[] file) =>
        stores.Import.RunAsync(new TransferSource(new MemoryStream(file)), None);

    /// <returns>Why.</returns>
    private static async Task<string> RefusedAsync(StoreHost stores, byte[] file) =>
        (await Assert.ThrowsAsync<TransferException>(() => ImportAsync(stores, file))).Message;

    /// <summary>With the trailer that belongs to these lines.</summary>
    private static byte[] Sealed(List<string> lines)
    {
        var body = lines.Where(line => line.Length > 0
            && !line.Contains("\"type\":\"trailer\"", StringComparison.Ordinal)).ToList();
        var counts = body.GroupBy(line => JsonDocument.Parse(line).RootElement.GetProperty("type").GetString()!)
            .ToDictionary(group => group.Key, group => group.Count());
        var text = string.Concat(body.Select(line => line + "\n"));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var trailer = JsonSerializer.Serialize(new { type = "trailer", counts, sha256 = digest });
        return Encoding.UTF8.GetBytes($"{text}{trailer}\n");
    }

    /// <summary>Without the header, which names the export, and the digest, which has the header in it.</summary>
    private static IEnumerable<string> BodyOf(byte[] file) =>
        Encoding.UTF8.GetString(file).Split('\n').Skip(1).Select(line => line.Split("\"sha256\"")[0]);

    private static async Task AssertShownAsync(ConversationId conversation, StoreHost there, StoreHost here)
    {
        foreach (var reader in new[] { UserId.Parse("ann"), UserId.Parse("bob") })
        {
            var (expected, actual) = (await PageAsync(there, reader), await PageAsync(here, reader));
            Assert.Equal(expected!.Head, actual!.Head);
            Assert.Equal(expected.Entries.Select(Text), actual.Entries.Select(Text));
            Assert.Equal(SaidOf(expected), SaidOf(actual));
        }

        Task<ShownPage?> PageAsync(StoreHost stores, UserId reader) => stores.Shown
            .ReadPageAsync(conversation, new(null, long.MaxValue, 0, reader), 500, None);
    }

    /// <summary>A message that was unpinned may be named with nothing to say.</summary>
    private static IEnumerable<string> SaidOf(ShownPage page) => page.Current
        .Where(one => one.Version != one.Sequence || one.Deleted || one.Pinned || one.Replies is not null
            || one.Counts.Count > 0 || one.Mine.Count > 0)
        .Select(one => JsonSerializer.Serialize(one));

    private static async Task AssertListsAsync(StoreHost there, StoreHost here)
    {
        foreach (var tenant in new[] { Tenant.Default, Tenant.Parse("acme") })
            foreach (var user in new[] { "ann", "bob", "cid", "dora" })
            {
                var key = new UserKey(tenant, UserId.Parse(user));
                var expected = await there.Conversations.ListAsync(key, CheckedListPage.First, None);
                var actual = await here.Conversations.ListAsync(key, CheckedListPage.First, None);
                Assert.Equal(expected.Select(one => JsonSerializer.Serialize(one)),
                    actual.Select(one => JsonSerializer.Serialize(one)));
            }
    }

    private static string Text(ConversationEntry entry) => JsonSerializer.Serialize(entry);
}
