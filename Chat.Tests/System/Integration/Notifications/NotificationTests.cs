using System.Net.Http.Json;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Notifications;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using static Chat.Tests.Integration.Notifications.NoticeServer;

namespace Chat.Tests.Integration.Notifications;

/// <summary>Participants who are connected nowhere are told of by webhook, once.</summary>
public sealed class NotificationTests
{
    [Fact]
    public Task A_user_who_is_away_is_notified_once_and_others_are_not() => TellAsync(DatabaseKind.Sqlite);

    [PostgresFact]
    public Task A_user_who_is_away_is_notified_once_and_others_are_not_on_PostgreSQL() =>
        TellAsync(DatabaseKind.Postgres);

    // CH-295
    [Fact]
    public async Task An_endpoint_that_fails_is_tried_again_with_the_same_event_until_it_takes_the_notice()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, receiver, ("Chat:Notifications:BreakAfter", "2"),
            ("Chat:Notifications:BreakSeconds", "1"));
        receiver.FailNext(3);
        await using var ann = await server.ConnectHubAsync("ann");
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
        await ann.SendAsync(group, "hello?");
        var (id, notice) = await receiver.NextAsync();
        Assert.Equal(3, receiver.Failed);
        Assert.Equal(id, notice.GetProperty("event_id").GetString());
        Assert.Equal(["ben"], Recipients(notice));
    }

    // CH-239
    [Fact]
    public Task The_unread_count_of_a_notice_is_that_of_the_list() => CountAsync(DatabaseKind.Sqlite);

    // CH-239
    [PostgresFact]
    public Task The_unread_count_of_a_notice_is_that_of_the_list_on_PostgreSQL() => CountAsync(DatabaseKind.Postgres);

    // CH-226
    [Fact]
    public async Task A_waiting_notice_has_no_text_and_is_posted_without_the_text_of_messages_deleted_meanwhile()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, receiver);
        receiver.FailNext(int.MaxValue); // until the message is deleted
        await using var ann = await server.ConnectHubAsync("ann");
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("ben")] })).Id;
        await ann.SendAsync(group, "words of mine"); // 2
        await ann.SendAsync(group, "helo"); // 3
        await ann.EditMessageAsync(group, 3, new EditMessage { Body = "hello" });
        await Eventually.HoldsAsync(() => receiver.Failed >= 1);

        Assert.Empty(await database.QueryAsync(
            "select id from tasks where instr(cast(payload as text), 'words of mine') > 0"));
        await ann.DeleteMessageAsync(group, 2);
        receiver.FailNext(0);

        var (_, notice) = await receiver.NextAsync();
        var messages = notice.GetProperty("messages").EnumerateArray().ToDictionary(
            message => message.GetProperty("seq").GetInt64(), message => message.GetProperty("preview").GetString());
        if (messages.TryGetValue(2, out var deleted)) Assert.Null(deleted);
        if (messages.TryGetValue(3, out var edited)) Assert.Equal("hello", edited);
        Assert.DoesNotContain("words of mine", notice.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_lobby_nobody_is_told()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, receiver, ("Chat:Presence:LingerSeconds", "0"));
        await using (var eve = await server.ConnectHubAsync("eve"))
        {
            await eve.SendAsync(ConversationId.Lobby, "hello");
            await eve.MarkReadAsync(ConversationId.Lobby, 1); // makes her a participant
        }
        await using var ann = await server.ConnectHubAsync("ann");
        var group = (await ann.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [UserId.Parse("ann"), UserId.Parse("eve")] })).Id;
        await Eventually.HoldsAsync(async () => // until she counts as away
        {
            await ann.SendAsync(group, "are you there?");
            return !receiver.IsEmpty;
        });
        await ann.SendAsync(ConversationId.Lobby, "to all");
        await ann.SendAsync(group, "the last");

        string text;
        do
        {
            var (_, notice) = await receiver.NextAsync();
            Assert.Equal("group", notice.GetProperty("conversation_kind").GetString());
            text = notice.GetProperty("messages").GetRawText();
        }
        while (!text.Contains("the last", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_does_not_answer_holds_up_neither_messages_nor_another_host()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var slow = await WebhookReceiver.StartAsync(Secret);
        await using var quick = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await StartAsync(database, slow,
            ("Chat:Notifications:Endpoints", $"{slow.Address},{quick.Address}"),
            ("Chat:Notifications:TimeoutSeconds", "120"));
        slow.Holding = release.Task;
        await using var ann = await server.ConnectHubAsync("ann");
        ConversationId last = default;
        for (var i = 0; i < 40; i++)
        {
            last = (await ann.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds = [UserId.Parse("ann"), UserId.Parse($"away{i}")]
            })).Id;
            await ann.SendAsync(last, "hello?");
        }
        for (var i = 0; i < 40; i++) await quick.NextAsync();
        using var sent = await server.Http.PostAsJsonAsync(
            $"/api/v1/chat/{last.Value}", new { sender_id = "ann", body = "through the queue" });
        await Eventually.HoldsAsync(async () =>
            (await server.Http.GetStringAsync($"/api/v1/chat/{last.Value}/messages"))
            .Contains("through the queue", StringComparison.Ordinal));
        Assert.True(slow.IsEmpty);
        var page = await server.Operators.GetStringAsync("/api/v1/admin/tasks/queues");
        Assert.Contains("webhooks.127.0.0.1-", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", page, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => slow.MostAtOnce == 16); // it has all that it may have at once
        release.SetResult();
        for (var i = 0; i < 40; i++) await slow.NextAsync();
        Assert.Equal(16, slow.MostAtOnce);
    }

    [Theory]
    [InlineData("http://example.org/", Secret, "is not https")]
    [InlineData("nowhere", Secret, "is not an absolute https address")]
    [InlineData("https://example.org/", "short", "at least 16 characters")]
    [InlineData("https://example.org/", "", "at least 16 characters")]
    public void Settings_that_cannot_work_are_refused_in_words(string endpoints, string secret, string words)
    {
        var result = new NotificationsOptionsValidator().Validate(null,
            new NotificationsOptions { Endpoints = endpoints, Secret = secret });
        Assert.Contains(words, result.FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:hidden@example.org/hidden?key=hidden")]
    [InlineData("ftp://example.org/hidden")]
    public void A_refusal_of_settings_does_not_tell_an_address(string address)
    {
        var result = new NotificationsOptionsValidator().Validate(null,
            new NotificationsOptions { Endpoints = $"https://example.org/, {address}", Secret = Secret });
        Assert.Contains("number 2", result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", result.FailureMessage, StringComparison.Ordinal);
    }

    private static async Task<ConversationId> CreateAsync(ChatHubConnection hub, string other) =>
        (await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ann"), UserId.Parse(other)]
        })).Id;

    private static async Task CountAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await StartAsync(database, receiver, ("Chat:Notifications:GatherSeconds", "3600"));
        await using var ann = await server.ConnectHubAsync("ann");
        // Away, and more than are counted one by one.
        UserId[] away = [.. Enumerable.Range(0, 20).Select(i => UserId.Parse($"away{i}"))];
        var group = (await ann.CreateConversationAsync(new CreateConversation { ParticipantIds = away })).Id;
        foreach (var body in new[] { "2", "3", "4", "5" }) await ann.SendAsync(group, body);
        await ann.SendAsync(group, "6", new SendOptions { Thread = 2 });
        await ann.DeleteMessageAsync(group, 3);
        await ann.EditMessageAsync(group, 4, new EditMessage { Body = "new" }); // 8
        foreach (var (user, read, unread) in new[] { (0, 4, 0), (1, 5, 0), (2, 5, 4) })
        {
            await server.Services.GetRequiredService<ConversationStore>()
                .MarkReadAsync(group, away[user].Key(), read, CancellationToken.None);
            if (unread > 0)
                await server.Services.GetRequiredService<ConversationStore>()
                    .MarkUnreadAsync(group, away[user].Key(), unread - 1, CancellationToken.None);
        }

        await NoticeRows.RipenAsync(database, 1);

        var (_, notice) = await receiver.NextAsync();
        var counts = notice.GetProperty("recipients").EnumerateArray().ToDictionary(
            one => one.GetProperty("user_id").GetString()!, one => one.GetProperty("unread_count").GetInt32());
        Assert.All(notice.GetProperty("recipients").EnumerateArray(),
            one => Assert.False(one.GetProperty("unread_more").GetBoolean()));
        Assert.Equal(20, counts.Count);
        Assert.Equal((1, 0, 2, 3), (counts["away0"], counts["away1"], counts["away2"], counts["away3"]));
    }

    private static async Task TellAsync(DatabaseKind kind)
    {
        await using var receiver = await WebhookReceiver.StartAsync(Secret);
        await using var database = await TestDatabase.CreateAsync(kind);
        await using var server = await StartAsync(database, receiver);
        UserId[] all = [.. new[] { "ann", "ben", "cem", "dora" }.Select(UserId.Parse)];
        ConversationId group;
        await using (var cem = await server.ConnectHubAsync("cem"))
        {
            group =
                (await cem.CreateConversationAsync(new CreateConversation { ParticipantIds = all, Title = "Team" })).Id;
            await cem.SetMutedAsync(group);
        }
        await using var ann = await server.ConnectHubAsync("ann");
        await using var dora = await server.ConnectRawAsync("dora"); // connected, though she has joined nothing
        await ann.SendAsync(group, "first");
        var (_, first) = await receiver.NextAsync();
        Assert.Equal(("messages.unread", "group", "Team"),
            (first.GetProperty("type").GetString(), first.GetProperty("conversation_kind")
                .GetString(), first.GetProperty("title").GetString()));
        // Cem has muted it, and lingers as online for a moment anyway; Ann wrote it; Dora is connected.
        Assert.Equal(["ben"], Recipients(first));
        Assert.Equal("first",
            Assert.Single(first.GetProperty("messages").EnumerateArray()).GetProperty("preview").GetString());
        await ann.SendAsync(group, "second");
        var (_, second) = await receiver.NextAsync();
        Assert.Equal("second",
            Assert.Single(second.GetProperty("messages").EnumerateArray()).GetProperty("preview").GetString());
        Assert.True(receiver.IsEmpty);
    }
}
