using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Microsoft.AspNetCore.SignalR.Client;

namespace Chat.Tests.Packages;

/// <summary>The chat inside applications that have nothing of us but the packages.</summary>
public sealed class PackedApplicationTests
{
    private const int MostLines = 6;

    private static readonly string[] Programs = ["DotNetEnv", "OpenTelemetry", "Swashbuckle"];

    [Fact]
    public async Task A_fresh_application_has_a_chat_with_three_lines_more()
    {
        await using var app = await PackedApplication.OfTemplateAsync("web");
        Assert.InRange(await app.AddChatAsync(), 3, MostLines);
        await app.PublishAsync();

        Assert.False(Directory.Exists(Path.Combine(app.Published, "wwwroot")));
        Assert.Contains("hostingModel=\"inprocess\"",
            await File.ReadAllTextAsync(Path.Combine(app.Published, "web.config")), StringComparison.Ordinal); // IIS
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(app.Folder, "appsettings.json")),
            await File.ReadAllTextAsync(Path.Combine(app.Published, "appsettings.json")));
        Assert.DoesNotContain(Directory.EnumerateFiles(app.Published).Select(Path.GetFileName),
            file => Programs.Any(name => file!.StartsWith(name, StringComparison.Ordinal)));

        var (process, url) = await app.StartAsync("--Chat:Identity:Mode=Open");
        await using (process)
        {
            using var http = new HttpClient();
            Assert.Equal("Hello World!", await http.GetStringAsync(url));
            await TalkAsync(new Uri(url, "/chat/"));
            // What EF Core says of migrations is ours, and of no use to the application.
            Assert.DoesNotContain("Microsoft.EntityFrameworkCore", process.Output, StringComparison.Ordinal);
            Assert.Equal(0, await process.SignalAsync("TERM"));
        }
    }

    [Fact]
    public async Task Below_a_path_base_and_beside_a_hub_of_the_application_s_own_and_without_a_network()
    {
        await using var app = await PackedApplication.OfFolderAsync("Chat.Tests/Apps/PackedApp");
        await app.PublishAsync();
        var (process, url) = await app.StartAsync();
        await using (process)
        {
            using var http = new HttpClient();
            Assert.Equal("the application", await http.GetStringAsync(new Uri(url, "/team/")));
            Assert.Contains("Chat.Server.ChatParts", await http.GetStringAsync(new Uri(url, "/team/types")),
                StringComparison.Ordinal);
            await TalkAsync(new Uri(url, "/team/chat/"));
            await using var own = new HubConnectionBuilder().WithUrl(new Uri(url, "/team/own")).Build();
            await own.StartAsync();
            Assert.Equal("the application's own", await own.InvokeAsync<string>("Now"));
            Assert.Equal(0, await process.SignalAsync("TERM"));
        }
        await using var here = app.Run("--here");
        await here.UntilAsync("all of it answered");
        Assert.Equal(0, await here.ExitAsync());
    }

    /// <summary>Hub, raw socket, REST and web app.</summary>
    private static async Task TalkAsync(Uri chat)
    {
        await using var hub = new ChatHubConnection(ChatClientOptions.ForServer(chat) with
        {
            UserId = UserId.Parse("ann"), Reconnect = null,
        });
        await hub.StartAsync();
        var made = await hub.CreateConversationAsync(new CreateConversation
        {
            ParticipantIds = [UserId.Parse("ben")],
        });
        await hub.SendAsync(made.Id, "from the hub");
        await using var raw = await RawClient.OpenAsync(chat, "user_id=ben&features=seq",
            chat.AbsolutePath + "api/v1/chat/ws");
        await raw.JoinAsync(made.Id, after: 0);
        Assert.Equal("from the hub", await BodyAsync(raw));
        using var http = new HttpClient { BaseAddress = chat };
        using var sent = await http.PostAsJsonAsync(
            $"api/v1/chat/{made.Id}", new { sender_id = "ben", body = "over REST" });
        Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal("over REST", await BodyAsync(raw));
        Assert.Contains("app/main.js", await http.GetStringAsync(""), StringComparison.Ordinal);
        Assert.Contains("ChatClient", await http.GetStringAsync("sdk/chat-client.js"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("no-file.js")).StatusCode);
    }

    private static async Task<string?> BodyAsync(RawClient raw)
    {
        JsonElement frame = await raw.UntilAsync("message");
        return frame.GetProperty("message").GetProperty("body").GetString();
    }
}
