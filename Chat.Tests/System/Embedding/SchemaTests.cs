using System.Net;
using System.Net.Http.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Embedding;

/// <summary>On PostgreSQL a chat has a schema of its own beside the application's tables.</summary>
public sealed class SchemaTests
{
    [PostgresFact]
    public async Task Two_chats_and_the_application_s_own_tables_share_a_database_and_do_not_meet()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Postgres, migrated: false);
        await database.ExecuteAsync("create table conversations (mine int); create table messages (mine int)");
        await using (var one = await StartAsync(database, schema: null))
        await using (var other = await StartAsync(database, "second_chat"))
        {
            await using var here = await one.HubOfAsync("ann", "/chat/");
            await using var there = await other.HubOfAsync("ann", "/chat/");
            var made = await here.CreateConversationAsync(new CreateConversation
            {
                ParticipantIds = [UserId.Parse("ben")], Title = "here",
            });
            Assert.DoesNotContain(await there.ConversationsAsync(), conversation => conversation.Title == "here");
            // Through the background queue, with its NOTIFY.
            using var http = one.HttpOf("ann", "/chat/");
            await using var raw = await one.RawOfAsync("ben", "/chat/");
            await raw.JoinAsync(made.Id);
            using var sent = await http.PostAsJsonAsync($"api/v1/chat/{made.Id}", new { body = "queued" });
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            Assert.Equal("queued",
                (await raw.UntilAsync("message")).GetProperty("message").GetProperty("body").GetString());
        }
        Assert.Equal(["chat", "public", "second_chat"], await database.QueryAsync(
            "select table_schema from information_schema.tables where table_name = 'messages' order by 1"));
        Assert.Equal(["1"], await database.QueryAsync("select count(*) from chat.conversations where title = 'here'"));
        Assert.Equal(["0"], await database.QueryAsync("select count(*) from public.conversations"));
        // Again: what it has migrated it finds.
        await using var again = await StartAsync(database, schema: null);
        Assert.Contains(again.Logs.All, log => log.Text == "The database is up to date");
    }

    [Fact]
    public void A_schema_whose_name_would_have_to_be_quoted_is_refused()
    {
        var chat = new ServiceCollection().AddChat();
        foreach (var name in new[] { "", "Chat", "1chat", "a b", "a;drop", new string('a', 41) })
            Assert.Throws<ArgumentException>(() => chat.UsePostgres("Host=nowhere", name));
    }

    private static Task<ForeignHost> StartAsync(TestDatabase database, string? schema) => ForeignHost.StartAsync(
        builder =>
        {
            ForeignHost.SignsIn(builder);
            var chat = builder.Services.AddChat();
            if (schema is null) chat.UsePostgres(database.Settings.ConnectionString);
            else chat.UsePostgres(database.Settings.ConnectionString, schema);
        },
        app => app.MapChat());
}
