using System.Net;
using System.Text;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Erasures.Store;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Tasks;
using Chat.Server.Users;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Changes;
using Chat.Tests.Integration.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Tests.Integration.Messages;

/// <summary>What a user wrote is erased everywhere, by a job that survives its instance.</summary>
public abstract class UserErasureSpec
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben");

    private static readonly TaskRun Run = new(Guid.NewGuid(), 1, 0, default);

    internal abstract DatabaseKind Kind { get; }

    // CH-261, CH-265
    [SpecFact]
    public async Task What_a_user_wrote_is_in_no_answer_of_any_surface_of_either_instance_and_in_no_file()
    {
        await using var site = await StartAsync();
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        await using var ben = await site.Servers[1].ConnectHubAsync("ben");
        await using var readerA = await site.Servers[0].ConnectRawAsync("bea", "seq,edits");
        await using var readerB = await site.Servers[1].ConnectRawAsync("cem", "seq,edits");
        foreach (var reader in (RawClient[])[readerA, readerB]) await reader.JoinAsync(ConversationId.Lobby);
        var group = (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ben] })).Id;
        await ann.SendAsync(group, "the secret of the group");
        await ben.SendAsync(ConversationId.Lobby, "of ben");
        var sent = await ann.SendAsync(
            ConversationId.Lobby, "the secret", new() { AttachmentUrl = "https://the/secret" });
        await ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = "edited secret" });
        await ann.SendAsync(ConversationId.Lobby, "secret reply", new() { Thread = sent.Sequence });
        using (var queued = await site.Servers[1].Http.PostAsync($"/api/v1/chat/{ConversationId.Lobby}",
            new StringContent("""{"sender_id":"ann","body":"the secret over REST"}""")))
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        foreach (var reader in (RawClient[])[readerA, readerB])
            while (!(await reader.NextTextAsync()).Contains("over REST", StringComparison.Ordinal)) { }
        await site.Servers[0].Services.GetRequiredService<UserDirectory>()
            .SetNameAsync(new UserKey(Tenant.Default, Ann), "Ann Secret", default);

        var id = (await EraseAsync(site.Servers[0], """{"user_id":"ann"}""")).GetProperty("id").GetString();
        var done = await DoneAsync(site.Servers[1], id!);

        Assert.Equal((2, 4), (done.GetProperty("conversations").GetInt32(), done.GetProperty("messages").GetInt32()));
        foreach (var rows in new[]
        {
            "messages where message like '%secret%' or attachment_url like '%secret%' or payload like '%secret%'",
            "users where name is not null",
        })
            Assert.Empty(await site.Database.QueryAsync($"select 1 from {rows}"));
        foreach (var reader in (RawClient[])[readerA, readerB])
        {
            JsonElement entry;
            do entry = (await reader.UntilAsync("entry")).GetProperty("entry");
            while (entry.GetProperty("kind").GetString() != "content_erased");
            Assert.Equal("ann", entry.GetProperty("user_id").GetString());
        }
        foreach (var server in site.Servers)
            foreach (var (surface, answer) in await EverySurface.AskAsync(
                server, "stranger", ConversationId.Lobby, [sent.Sequence]))
                Assert.False(answer.Contains("secret", StringComparison.Ordinal), surface);
        Assert.All((await ben.HistoryAsync(group)).Entries.OfType<MessageEntry>(), one => Assert.True(one.Erased));
        var refused = await Assert.ThrowsAsync<ChatRefusedException>(
            () => ann.EditMessageAsync(ConversationId.Lobby, sent.Sequence, new() { Body = "back" }));
        Assert.Equal(ChatErrorCode.Gone, refused.Code);
        Assert.Contains("user.erase|ann", await site.Database.QueryAsync("select act, target from audit"));
        if (site.Database.Settings.Folder is { } folder)
            await Eventually.HoldsAsync(() => Task.FromResult(Directory.GetFiles(folder).All(file =>
                !ReadShared(file).Contains("secret", StringComparison.Ordinal))));
    }

    // CH-263
    [SpecFact]
    public async Task A_job_that_was_killed_is_continued_and_two_instances_at_once_store_one_entry_per_conversation()
    {
        await using var site = await StartAsync(("Chat:Tasks:Concurrency", "0"));
        await using var ann = await site.Servers[0].ConnectHubAsync("ann");
        var groups = new List<ConversationId>();
        for (var i = 0; i < 4; i++)
        {
            groups.Add((await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = [Ben] })).Id);
            for (var n = 0; n < 3; n++) await ann.SendAsync(groups[^1], "secret");
        }
        var services = site.Servers[0].Services;
        var store = services.GetRequiredService<UserErasureStore>();
        var user = new UserKey(Tenant.Default, Ann);
        var begun = await store.BeginAsync(user, new AuditEntry(null, "test", "user.erase", "ann"), default);
        var again = await store.BeginAsync(user, new AuditEntry(null, "test", "user.erase", "ann"), default);
        Assert.Equal(begun.Id, again.Id);

        var killed = new Killed(services.GetRequiredService<IErasureEntries>());
        await Assert.ThrowsAsync<IOException>(() => HandlerOf(services, killed).HandleAsync(
            new UserErasureTask(begun.Id), Run, default));
        Assert.Null((await store.FindAsync(begun.Id, default))!.FinishedAt);
        Assert.NotEmpty(await site.Database.QueryAsync("select 1 from messages where message = 'secret'"));
        await Task.WhenAll(site.Servers.Select(server => Task.Run(() => HandlerOf(
            server.Services, server.Services.GetRequiredService<IErasureEntries>()).HandleAsync(
                new UserErasureTask(begun.Id), Run, default))));

        Assert.NotNull((await store.FindAsync(begun.Id, default))!.FinishedAt);
        Assert.Empty(await site.Database.QueryAsync("select 1 from messages where message = 'secret'"));
        foreach (var group in groups)
            Assert.Equal(Ann, Assert.Single(
                (await ann.HistoryAsync(group)).Entries.OfType<ContentErasedEntry>()).UserId);
        Assert.NotEqual(begun.Id,
            (await store.BeginAsync(user, new AuditEntry(null, "test", "user.erase", "ann"), default)).Id);
    }

    // CH-265
    [SpecFact]
    public async Task Only_a_key_with_scope_admin_of_the_tenant_erases_and_wrong_orders_are_refused_in_words()
    {
        await using var site = await StartAsync();
        var server = site.Servers[0];
        using (var stranger = await server.Http.PostAsync(
            "/api/v1/admin/users/erase", new StringContent("""{"user_id":"ann"}""")))
            Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        foreach (var (body, word) in new[] { ("{}", "user_id"), ("[]", "body"),
            ("""{"user_id":"ann","tenant":"A b"}""", "tenant") })
        {
            using var refused = await server.Operators.PostAsync(
                "/api/v1/admin/users/erase", new StringContent(body));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(word, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var unknown = await server.Operators.GetAsync($"/api/v1/admin/users/erasures/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        // Of another tenant there is nothing to erase here.
        await using var ann = await server.ConnectHubAsync("ann");
        var sent = await ann.SendAsync(ConversationId.Lobby, "stays");
        var begun = await EraseAsync(server, """{"user_id":"ann","tenant":"acme"}""");
        await DoneAsync(server, begun.GetProperty("id").GetString()!);
        Assert.Equal("stays", (await ann.MessageAsync(ConversationId.Lobby, sent.Sequence)).Entries
            .OfType<MessageEntry>().Single().Body);
    }

    private static UserErasureHandler HandlerOf(IServiceProvider services, IErasureEntries entries) => new(
        services.GetRequiredService<UserErasureStore>(),
        new ContentEraser(services.GetRequiredService<ErasureStore>(), entries), services.GetServices<IUserTraces>(),
        NullLogger<UserErasureHandler>.Instance);

    private static async Task<JsonElement> EraseAsync(TestServer server, string body)
    {
        using var answer = await server.Operators.PostAsync("/api/v1/admin/users/erase", new StringContent(body));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> DoneAsync(TestServer server, string id)
    {
        JsonElement state = default;
        await Eventually.HoldsAsync(async () =>
        {
            state = JsonDocument.Parse(
                await server.Operators.GetStringAsync($"/api/v1/admin/users/erasures/{id}")).RootElement;
            return state.GetProperty("state").GetString() == "completed";
        });
        return state;
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private Task<MembershipSite> StartAsync(params (string, string)[] settings) => MembershipSite.StartAsync(Kind,
        instances: 2, [("Chat:FanOut:FeedCapacity", "1024"), ("Chat:Limits:Factor", "1000"), .. settings]);

    /// <summary>Its process ends when the second entry is to be stored.</summary>
    private sealed class Killed(IErasureEntries inner) : IErasureEntries
    {
        private int _appended;

        public Task DemandAsync(CancellationToken ct) => inner.DemandAsync(ct);

        public Task AppendAsync(ErasureOrder order, IReadOnlyList<ErasedPart> parts, CancellationToken ct) =>
            ++_appended == 2 ? throw new IOException("killed") : inner.AppendAsync(order, parts, ct);
    }
}

public sealed class SqliteUserErasureTests : UserErasureSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresUserErasureTests : UserErasureSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
