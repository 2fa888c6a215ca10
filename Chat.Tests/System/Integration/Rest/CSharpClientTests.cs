using System.Net.Http.Headers;
using System.Text.Json;
using Chat.ApiClient;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Tests.Integration.Keys;

namespace Chat.Tests.Integration.Rest;

/// <summary>The generated C# client with a server; and every answer compared with the document that it was made
/// from.</summary>
public sealed class CSharpClientTests : IAsyncLifetime
{
    private KeyServer _keys = null!;
    private AnswerCheck _check = null!;

    public async Task InitializeAsync()
    {
        _keys = await KeyServer.StartAsync(DatabaseKind.Sqlite);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "api", "openapi.json")));
        _check = new AnswerCheck(document.RootElement.Clone());
    }

    public async Task DisposeAsync() => await _keys.DisposeAsync();

    // CH-310
    [Fact]
    public async Task It_does_what_a_back_end_needs()
    {
        var app = await _keys.KeyAsync(KeyScopes.App);
        var (shop, ann, ben) = (ClientOf(app), ClientOf(app, "ann"), ClientOf(app, "ben"));
        var room = $"{(await ann.CreateConversationAsync(new() { Participant_ids = ["ben"], Title = "Order 17" })).Id}";
        var direct = await shop.CreateConversationAsync(
            new() { Participant_ids = ["ann", "ben"], Kind = NewConversationKind.Direct });
        Assert.Equal(direct.Id, (await ben.CreateConversationAsync(
            new() { Participant_ids = ["ann"], Kind = NewConversationKind.Direct })).Id);
        await ann.ChangeConversationAsync(room, new() { Topic = "Where it is", Avatar_url = "/a.png" });
        await ann.AddParticipantsAsync(room, new() { Participant_ids = ["cem"] });
        await ann.SetRoleAsync(room, new() { Participant_id = "cem", Role = Role.Moderator });
        var said = await ann.StoreMessageAsync(room, new()
        {
            Body = "Where is it?", Mentions = new() { Users = ["ben"] },
            Attachments = [new() { Url = "https://example.com/a.png", Name = "a.png", Media_type = "image/png" }],
        });
        var reply = await ben.StoreMessageAsync(room, new() { Body = "On its way", Thread = said.Seq });
        Assert.True((await shop.StoreMessageAsync(room, new() { Body = "once", Dedupe_key = "k" })).Seq > reply.Seq);
        Assert.True((await shop.StoreMessageAsync(room, new() { Body = "once", Dedupe_key = "k" })).Duplicate);
        await ann.EditMessageAsync(room, said.Seq, new()
        {
            Body = "Where is it now?", Mentions = new() { Users = ["ben"] },
        });
        await ben.SetReactionsAsync(room, said.Seq, new() { Keys = ["👍"] });
        await ann.PinMessageAsync(room, said.Seq);
        await ben.MarkReadAsync(room, new() { Seq = reply.Seq });
        await ben.MarkUnreadAsync(room, new() { Seq = said.Seq });
        await ben.FollowThreadAsync(room, said.Seq);
        await ben.UnfollowThreadAsync(room, said.Seq);
        await ben.MuteConversationAsync(room);
        await ben.UnmuteConversationAsync(room);
        await ben.BlockUserAsync(blocked_id: "cem");
        await ben.ReportAsync(room, new() { Seq = said.Seq, Reason = "loud" });

        Assert.Contains((await ben.ListConversationsAsync()).Conversations, one => one.Title == "Order 17");
        var page = await ben.ListMessagesAsync(room, view: "main");
        Assert.Contains(page.Current!, one => one.Body == "Where is it now?" && one.Replies!.Count == 1);
        Assert.Equal(3, (await ben.ListMessagesAsync(room)).Messages!.Count);
        await ben.ListMessagesAsync(room, view: "log", limit: 100);
        await ben.GetMessageAsync(room, said.Seq);
        Assert.Equal(2, (await ben.ListVersionsAsync(room, said.Seq)).Count);
        Assert.Equal("ben", Assert.Single((await ann.ListReactionsAsync(room, said.Seq)).Users).User_id);
        Assert.Single((await ann.ListPinsAsync(room)).Pins);
        Assert.Single((await ann.ListThreadsAsync(room)).Threads);
        Assert.Single((await ben.ListMentionsAsync()).Mentions);
        Assert.Equal(["ann"], (await ben.ListUsersAsync(id: ["ann"])).Users.Select(one => one.User_id));
        Assert.Equal(["cem"], (await ben.ListBlocksAsync()).User_ids);
        await ben.UnblockUserAsync(blocked_id: "cem");
        await ann.ListReadPositionsAsync(room);
        Assert.Equal(Role.Owner, (await ann.ListParticipantsAsync(room)).Participants.Single(
            one => one.User_id == "ann").Role);
        var report = Assert.Single((await ClientOf(app, "cem").ListReportsAsync(room)).Reports);
        await ClientOf(app, "cem").CloseReportAsync(report.Id, new() { Outcome = ReportOutcomeOutcome.Acted });
        await ann.UnpinMessageAsync(room, said.Seq);
        await ann.DeleteMessageAsync(room, said.Seq, reason: "done");
        await ann.RemoveParticipantAsync(room, participant_id: "cem");
        Assert.Equal("ann", (await ann.GetMeAsync()).User_id);
        var queued = await ann.SendMessageAsync(room, new() { Body = "later" });
        await ann.GetTaskAsync($"{queued.Task_id}");
        var refused = await Assert.ThrowsAsync<ApiException<Error>>(
            () => ClientOf(app, "eve").StoreMessageAsync(room, new() { Body = "let me in" }));
        Assert.Equal(403, refused.StatusCode);
        Assert.NotEmpty(refused.Result.Error1 ?? "");
        await AssertAdminAsync();
    }

    private async Task AssertAdminAsync()
    {
        var admin = ClientOf(await _keys.KeyAsync(KeyScopes.Admin | KeyScopes.App, "*"));
        var history = new Application.RandomHistory(5, 60);
        var entries = history.Entries.Select(one => JsonSerializer.Deserialize<HistoryEntry>(JsonSerializer.Serialize(
            one, Contracts.Json.ChatJsonContext.Default.ConversationEntry))!).ToList();
        Assert.Equal(60, (await admin.ImportHistoryAsync(entries)).Entries);
        using (var export = await admin.ExportUserAsync(new() { User_id = "ann" }))
        {
            using var reader = new StreamReader(export.Stream);
            Assert.Contains("\"type\":\"trailer\"", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
        var erasure = await admin.EraseUserAsync(new() { User_id = "dan" });
        Assert.Equal("dan", (await admin.GetUserErasureAsync($"{erasure.Id}")).User_id);
        await admin.CreateKeyAsync(new() { Name = "other", Scopes = ["app"] });
        var key = (await admin.ListKeysAsync()).Keys[0];
        await admin.RevokeKeyAsync(key.Id);
        var token = await admin.CreateTokenAsync(new() { User_id = "ann", Name = "Ann" });
        await admin.RevokeTokenAsync(token.Id);
        await admin.ListReportsForKeyAsync();
        await admin.SuspendTenantAsync(new() { Tenant = "acme", Reason = "unpaid" });
        Assert.Single((await admin.ListSuspendedTenantsAsync()).Tenants);
        await admin.ResumeTenantAsync(new() { Tenant = "acme" });
        await admin.DeactivateUserAsync(new() { User_id = "cem", Reason = "left" });
        await admin.ListAuditAsync();
        Assert.True(_check.Seen.Count > 50, $"{_check.Seen.Count} operations were answered");
    }

    private ChatApi ClientOf(string key, string? user = null)
    {
        var http = new HttpClient(_check, disposeHandler: false) { BaseAddress = _keys.Server.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        if (user is not null) http.DefaultRequestHeaders.Add("X-Chat-User", user);
        return new ChatApi(http);
    }
}
