using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Callers;
using Chat.Server.Observers.Store;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Application;

/// <summary>What back ends do over REST as the application does it in process.</summary>
public sealed class BackEndTests : IAsyncLifetime
{
    private static readonly UserId Ann = UserId.Parse("ann"), Ben = UserId.Parse("ben");

    private KeyServer _keys = null!;

    private IChat Chat => _keys.Server.Services.GetRequiredService<IChat>();

    public async Task InitializeAsync() => _keys = await KeyServer.StartAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await _keys.DisposeAsync();

    // CH-305
    [Theory]
    [InlineData("[", ",", "]")]
    [InlineData("", "\n", "\n")]
    public async Task A_history_is_imported_however_long_it_is(string start, string between, string end)
    {
        var history = new RandomHistory(3, 7_000); // more than a body may have elsewhere
        var body = start + string.Join(between, history.Entries.Select(entry =>
            JsonSerializer.Serialize(entry, Contracts.Json.ChatJsonContext.Default.ConversationEntry))) + end;
        Assert.True(body.Length > Contracts.Protocol.ChatLimits.FrameBytes);
        var admin = await _keys.KeyAsync(KeyScopes.Admin);
        var answer = await _keys.PostAsync(admin, "/api/v1/admin/import", body);
        Assert.Equal((201, """{"conversations":1,"known":0,"entries":7000}"""), ((int)answer.Status, answer.Body));
        Assert.Equal(history.Entries.Count,
            (await Chat.As(Ann).HistoryAsync(history.Id, new() { View = Contracts.Commands.HistoryView.Log })).Head);

        Assert.Contains("must be entries as JSON", (await _keys.PostAsync(
            admin, "/api/v1/admin/import", """[{"kind":"message"},7]""")).Body, StringComparison.Ordinal);
        Assert.Equal(400, (int)(await _keys.PostAsync(admin, "/api/v1/admin/import", "nothing")).Status);
        Assert.Equal(400, (int)(await _keys.PostAsync(admin, "/api/v1/admin/import?kind=public", "[]")).Status);
        var large = $$"""[{"kind":"message","body":"{{new string('x', 5_000_000)}}"}]""";
        Assert.Equal(413, (int)(await _keys.PostAsync(admin, "/api/v1/admin/import", large)).Status);
        var app = await _keys.KeyAsync(KeyScopes.App);
        Assert.Equal(403, (int)(await _keys.PostAsync(app, "/api/v1/admin/import", "[]")).Status);
    }

    // CH-308
    [Fact]
    public async Task A_message_is_answered_once_it_is_stored_also_of_the_application_itself()
    {
        var app = await _keys.KeyAsync(KeyScopes.App);
        var room = await _keys.CreateAsync(app, "ann", "ben");
        var answer = await _keys.PostAsync(app, $"/api/v1/chat/{room}/messages", """{"body":"from us"}""");
        Assert.Equal((200, 2), ((int)answer.Status, answer.Json.GetProperty("seq").GetInt32()));
        await _keys.PostAsync(app, $"/api/v1/chat/{room}/messages", """{"body":"hello","dedupe_key":"k"}""", "ann");
        var again = await _keys.PostAsync(
            app, $"/api/v1/chat/{room}/messages", """{"body":"hello","dedupe_key":"k"}""", "ann");
        Assert.True(again.Json.GetProperty("duplicate").GetBoolean());
        await _keys.PostAsync(app, $"/api/v1/chat/{room}/messages", """{"sender_id":"bot","body":"beep"}""");
        Assert.Equal(403, (int)(await _keys.PostAsync(
            app, $"/api/v1/chat/{room}/messages", """{"body":"hello"}""", "eve")).Status);
        var page = await Chat.As(Ben).HistoryAsync(new ConversationId(Guid.Parse(room)));
        Assert.Equal([("system", "from us"), ("ann", "hello"), ("bot", "beep")],
            page.Entries.OfType<MessageEntry>().Select(one => (one.SenderId.Value, one.Body!)));
    }

    // CH-308
    [Fact]
    public async Task Direct_conversations_and_titles_are_made()
    {
        var app = await _keys.KeyAsync(KeyScopes.App);
        var made = await _keys.PostAsync(
            app, "/api/v1/chat", """{"participant_ids":["ann","ben"],"kind":"direct"}""");
        var again = await _keys.PostAsync(
            app, "/api/v1/chat", """{"participant_ids":["ben"],"kind":"direct"}""", "ann");
        Assert.Equal(made.Json.GetProperty("id").GetString(), again.Json.GetProperty("id").GetString());
        await _keys.PostAsync(app, "/api/v1/chat", """{"participant_ids":["ben"],"title":"Order 17"}""", "ann");
        Assert.Contains(await Chat.As(Ben).ListAsync(), one => one.Title == "Order 17");
        Assert.Equal(400, (int)(await _keys.PostAsync(
            app, "/api/v1/chat", """{"participant_ids":["ben"],"kind":"public"}""", "ann")).Status);
    }

    // CH-308
    [Fact]
    public async Task Notifications_are_muted_and_positions_read()
    {
        var app = await _keys.KeyAsync(KeyScopes.App);
        var room = await _keys.CreateAsync(app, "ann", "ben");
        await _keys.PostAsync(app, $"/api/v1/chat/{room}/messages", """{"body":"hello"}""", "ann");
        await _keys.AskAsync(app, HttpMethod.Put, $"/api/v1/chat/{room}/read", """{"seq":2}""", "ben");
        var read = await _keys.GetAsync(app, $"/api/v1/chat/{room}/read", "ann");
        Assert.Contains("""{"user_id":"ben","seq":2}""", read.Body, StringComparison.Ordinal);
        foreach (var (method, isMuted) in new[] { (HttpMethod.Put, true), (HttpMethod.Delete, false) })
        {
            await _keys.AskAsync(app, method, $"/api/v1/chat/{room}/mute", user: "ben");
            Assert.Equal(isMuted, Assert.Single(
                await Chat.As(Ben).ListAsync(), one => one.Kind == ConversationKind.Group).IsMuted);
        }
    }

    // CH-309
    [Fact]
    public async Task An_observer_is_moved_in_process_and_with_a_key_for_all_tenants()
    {
        await _keys.Server.Services.GetRequiredService<ObserverStore>().AddAsync("orders", 0, default);
        await Chat.RewindAsync("orders", ChatStart.Beginning);
        await Assert.ThrowsAsync<ArgumentException>(() => Chat.RewindAsync("nobody's", ChatStart.Beginning));
        var all = await _keys.KeyAsync(KeyScopes.Admin, "*");
        foreach (var (key, observer, to, status) in new[]
        {
            (all, "orders", "\"beginning\"", 200), (all, "orders", "\"2025-01-01T12:00:00Z\"", 200),
            (all, "orders", """
                "now","conversation_id":"019a0000-0000-7000-8000-000000000001"
                """, 200),
            (all, "orders", "\"soon\"", 400), (all, "webhook/nobodys", "\"now\"", 404),
            (await _keys.KeyAsync(KeyScopes.Admin), "orders", "\"now\"", 403),
        })
            Assert.Equal(status,
                (int)(await _keys.PostAsync(key, "/api/v1/admin/observers/rewind",
                    $$"""{"observer":"{{observer}}","to":{{to}}}""")).Status);
        Assert.Equal(400,
            (int)(await _keys.PostAsync(all, "/api/v1/admin/observers/rewind", """{"to":"now"}""")).Status);
    }
}
