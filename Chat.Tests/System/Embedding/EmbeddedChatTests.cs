using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Chat.Tests.Embedding;

/// <summary>A chat inside an application: every way in, below the application's own addresses, with its
/// sign-in.</summary>
public sealed class EmbeddedChatTests
{
    [Fact]
    public async Task Every_transport_works_below_a_path_base_and_a_prefix_with_the_application_s_sign_in()
    {
        await using var host = await ForeignHost.StartAsync(ForeignHost.WithChat, app =>
        {
            app.UsePathBase("/team");
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.UseWebSockets(); // before ours: it has bound itself to the server's feature
            app.MapGet("/", () => "the application");
            app.MapChat("/chat").RequireAuthorization();
        });

        await using var hub = await host.HubOfAsync("ann", "/team/chat/");
        var made = await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben")],
        });
        await hub.JoinAsync(made.Id);
        var stored = await hub.SendAsync(made.Id, "from the hub");

        await using var raw = await host.RawOfAsync("ben", "/team/chat/");
        await raw.JoinAsync(made.Id, after: 0);
        var shown = (await raw.UntilAsync("message", made.Id)).GetProperty("message");
        Assert.Equal(("from the hub", "ann"),
            (shown.GetProperty("body").GetString(), shown.GetProperty("sender_id").GetString()));

        using var http = host.HttpOf("ben", "/team/chat/");
        var me = await http.GetFromJsonAsync<JsonElement>("api/v1/me");
        Assert.Equal(("ben", "ben of the application"),
            (me.GetProperty("user_id").GetString(), me.GetProperty("name").GetString()));
        using var sent = await http.PostAsJsonAsync($"api/v1/chat/{made.Id}", new { body = "over REST" });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal("over REST",
            (await raw.UntilAsync("message", made.Id)).GetProperty("message").GetProperty("body").GetString());
        Assert.True(stored.Sequence > 0);

        using var nobody = host.HttpOf(null, "/team/");
        Assert.Equal("the application", await nobody.GetStringAsync(""));
        Assert.Contains("app/main.js", await nobody.GetStringAsync("chat/"), StringComparison.Ordinal);
        Assert.Contains("ChatClient", await nobody.GetStringAsync("chat/sdk/chat-client.js"),
            StringComparison.Ordinal);
        Assert.Contains("\"host\"", await nobody.GetStringAsync("chat/app/config.json"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("chat/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("chat/api/join")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("chat/no-file.js")).StatusCode);
    }

    [Fact]
    public async Task The_page_s_address_without_its_slash_leads_to_the_one_with_it()
    {
        await using var host = await ForeignHost.StartAsync(ForeignHost.WithChat, app =>
        {
            app.UsePathBase("/team");
            app.UseRouting();
            app.MapChat();
        });
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri(host.Url, "/team/chat?x=1"));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(new Uri(host.Url, "/team/chat/?x=1"),
            new Uri(new Uri(host.Url, "/team/chat?x=1"), answer.Headers.Location!));
    }

    /// <summary>Without <c>RequireAuthorization</c> the chat still serves nobody who is not signed in.</summary>
    [Fact]
    public async Task Who_is_not_signed_in_or_is_no_user_of_the_chat_gets_no_further()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddChat().UseSqlite(ForeignHost.File).MapUser(principal =>
                    principal.FindFirst("name")?.Value is { } name
                    && !name.StartsWith("mallory", StringComparison.Ordinal)
                        ? new ChatUser(UserId.Parse("u-" + name.Split(' ')[0])) { IsModerator = true }
                        : null);
            },
            app => app.MapGroup("/of/{tenant}").MapChat("/talk"));
        foreach (var (user, status) in new[] { ((string?)null, 401), ("mallory", 403), ("ann", 200) })
        {
            using var http = host.HttpOf(user, "/of/acme/talk/");
            using var me = await http.GetAsync("api/v1/me");
            Assert.Equal(status, (int)me.StatusCode);
            if (status == 200) Assert.Contains("u-ann", await me.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var negotiation = await http.PostAsync("hubs/chat/negotiate?negotiateVersion=1", null);
            Assert.Equal(status, (int)negotiation.StatusCode);
            using var other = await http.GetAsync("api/v1/me?user_id=ben");
            Assert.Equal(status == 200 ? 403 : status, (int)other.StatusCode);
        }
    }

    /// <summary>As with tokens: what the application tells apart is told apart here.</summary>
    [Fact]
    public async Task An_id_that_the_chat_would_spell_otherwise_is_refused()
    {
        await using var host = await ForeignHost.StartAsync(ForeignHost.WithChat, app => app.MapChat());
        foreach (var (user, status) in new[] { ("\u00e5sa", 200), ("a\u030asa", 403), ("å\u200bsa", 403) })
        {
            using var http = host.HttpOf(null, "/chat/");
            http.DefaultRequestHeaders.Add(HeaderSignIn.Escaped, Uri.EscapeDataString(user));
            using var me = await http.GetAsync("api/v1/me");
            Assert.Equal(status, (int)me.StatusCode);
        }
    }

    /// <summary>Cookies go with every request of a browser, whichever site's page makes it.</summary>
    [Fact]
    public async Task Pages_of_other_sites_are_refused()
    {
        await using var host = await ForeignHost.StartAsync(ForeignHost.WithChat, app => app.MapChat());
        using var http = host.HttpOf("ann", "/chat/");
        http.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await http.PostAsync("hubs/chat/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    [Fact]
    public async Task Files_are_for_anybody_even_where_the_application_demands_a_sign_in_of_all()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.WithChat(builder);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                    new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            app => app.MapChat());
        using var nobody = host.HttpOf(null, "/chat/");
        Assert.Contains("app/main.js", await nobody.GetStringAsync(""), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized,
            (await nobody.PostAsync("hubs/chat/negotiate?negotiateVersion=1", null)).StatusCode);
    }

    /// <summary>A reading of the configuration while the application is built would miss what tests of the application
    /// replace then.</summary>
    [Fact]
    public async Task Settings_are_read_when_the_application_is_built_and_there_is_no_file_by_default()
    {
        await using (var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddChat(chat => chat.Settings["Messages:EditMinutes"] = "7");
                // Behind AddChat, as WebApplicationFactory does it.
                builder.Configuration.AddInMemoryCollection(
                [
                    new("ConnectionStrings:Chat",
                        $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "late.db")}"),
                ]);
            },
            app => app.MapChat()))
            Assert.Equal(["late.db"], Directory.GetFiles(host.Folder, "*.db").Select(Path.GetFileName));
        await using var without = ForeignHost.Make(builder => builder.Services.AddChat());
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => without.App.StartAsync());
        Assert.Contains("UsePostgres", failure.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(without.Folder));
    }

    [Fact]
    public async Task A_setting_that_there_is_not_ends_the_start_with_its_name()
    {
        await using var host = ForeignHost.Make(builder => builder.Services
            .AddChat(chat => chat.Settings["Limits:Facter"] = "0").UseSqlite(ForeignHost.File));
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => host.App.StartAsync());
        Assert.Contains("Chat:Limits:Factor", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_may_not_migrate_a_start_on_no_tables_fails_with_words_until_it_is_migrated()
    {
        await using var host = ForeignHost.Make(builder => builder.Services
            .AddChat(chat => chat.MigrateOnStart = false).UseSqlite(ForeignHost.File));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.App.StartAsync());
        Assert.Contains("may not migrate", failure.Message, StringComparison.Ordinal);
        await host.App.MigrateChatAsync();
        await using var again = ForeignHost.Make(builder => builder.Services
            .AddChat(chat => chat.MigrateOnStart = false).UseSqlite(Path.Combine(host.Folder, ForeignHost.File)));
        await again.App.StartAsync();
        await again.App.StopAsync();
    }

    [Fact]
    public async Task Its_readiness_is_a_health_check_of_the_application()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.WithChat(builder);
                builder.Services.AddHealthChecks().AddChat();
            },
            app => app.MapChat());
        await Eventually.HoldsAsync(async () => // the database is asked, and has two seconds
        {
            var report = await host.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
            return Assert.Single(report.Entries, entry => entry.Key == "chat").Value.Status == HealthStatus.Healthy;
        });
    }

    [Fact]
    public async Task There_is_one_chat_in_an_application_and_two_in_a_process_know_nothing_of_each_other()
    {
        Assert.Throws<InvalidOperationException>(() =>
        {
            var services = new ServiceCollection();
            services.AddChat();
            services.AddChat();
        });
        await using var one = await ForeignHost.StartAsync(ForeignHost.WithChat, app => app.MapChat());
        await using var other = await ForeignHost.StartAsync(ForeignHost.WithChat, app => app.MapChat());
        await using var here = await one.HubOfAsync("ann", "/chat/");
        await using var there = await other.HubOfAsync("ann", "/chat/");
        var made = await here.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben")], Title = "here",
        });
        Assert.Equal(made.Id, Assert.Single(
            await here.ConversationsAsync(), conversation => conversation.Title == "here").Id);
        Assert.DoesNotContain(await there.ConversationsAsync(), conversation => conversation.Title == "here");
    }

    [Fact]
    public async Task What_is_for_operators_is_there_when_it_is_asked_for_and_takes_their_key()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddChat(chat => chat.Settings["Operators:Key"] = "a-key-of-operators")
                    .UseSqlite(ForeignHost.File);
            },
            app => app.MapChat("/chat", ChatParts.Default | ChatParts.Operators));
        using var ann = host.HttpOf("ann", "/chat/");
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ann.GetAsync("api/v1/admin/tasks/queues")).StatusCode);
        using var operators = host.HttpOf(null, "/chat/");
        operators.DefaultRequestHeaders.Authorization = new("Bearer", "a-key-of-operators");
        Assert.Contains("chat_connections", await operators.GetStringAsync("metrics"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await operators.GetAsync("api/v1/admin/tasks/queues")).StatusCode);
        Assert.Contains("./tasks/", await operators.GetStringAsync("tasks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_is_an_object_of_the_application_with_its_services()
    {
        await using var host = await ForeignHost.StartAsync(
            builder =>
            {
                ForeignHost.SignsIn(builder);
                builder.Services.AddSingleton(new HostsWords("not here"));
                builder.Services.AddChat().UseSqlite(ForeignHost.File).AddPolicy<HostsPolicy>();
            },
            app => app.MapChat());
        await using var hub = await host.HubOfAsync("ann", "/chat/");
        var made = await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben")],
        });
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => hub.SendAsync(made.Id, "a secret"));
        Assert.Contains("not here", refused.Message, StringComparison.Ordinal);
        await hub.SendAsync(made.Id, "hello");
        Assert.True(host.App.Services.GetRequiredService<HostsPolicy>().Asked >= 3);
    }
}
