using Chat.ClientSdk;
using Chat.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Embedding;

/// <summary>An application of somebody else's, in a folder of its own, that may have a chat in it.</summary>
internal sealed class ForeignHost : IAsyncDisposable
{
    public const string File = "chat-of-the-application.db";

    private readonly DirectoryInfo _folder;

    private ForeignHost(WebApplication app, DirectoryInfo folder, RecordedLogs logs) =>
        (App, _folder, Logs) = (app, folder, logs);

    public WebApplication App { get; }

    public string Folder => _folder.FullName;

    public RecordedLogs Logs { get; }

    public Uri Url => new(App.Urls.First());

    /// <param name="build">What the application adds to its services.</param>
    /// <param name="map">What it maps.</param>
    /// <param name="onTestServer">It runs without a network.</param>
    public static async Task<ForeignHost> StartAsync(
        Action<WebApplicationBuilder> build, Action<WebApplication> map, bool onTestServer = false)
    {
        var host = Make(build, map, onTestServer);
        await host.App.StartAsync();
        return host;
    }

    public static ForeignHost Make(
        Action<WebApplicationBuilder> build, Action<WebApplication>? map = null, bool onTestServer = false)
    {
        var folder = Directory.CreateTempSubdirectory("chat-host-");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = folder.FullName, EnvironmentName = "Production", ApplicationName = "ForeignHost",
        });
        var logs = new RecordedLogs();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (onTestServer) builder.WebHost.UseTestServer();
        build(builder);
        var app = builder.Build();
        map?.Invoke(app);
        return new ForeignHost(app, folder, logs);
    }

    /// <summary>With a sign-in of its own, and a chat in a file.</summary>
    public static void WithChat(WebApplicationBuilder builder)
    {
        SignsIn(builder);
        builder.Services.AddChat().UseSqlite(File);
    }

    /// <summary>A request with a name in a header is signed in.</summary>
    public static void SignsIn(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication("header")
            .AddScheme<AuthenticationSchemeOptions, HeaderSignIn>("header", null);
        builder.Services.AddAuthorization();
    }

    public HttpClient HttpOf(string? user, string below = "/")
    {
        var http = new HttpClient { BaseAddress = new Uri(Url, below) };
        if (user is not null) http.DefaultRequestHeaders.Add(HeaderSignIn.Header, user);
        return http;
    }

    public async Task<ChatHubConnection> HubOfAsync(string user, string chat)
    {
        var hub = new ChatHubConnection(ChatClientOptions.ForServer(new Uri(Url, chat)) with
        {
            Headers = new Dictionary<string, string> { [HeaderSignIn.Header] = user }, Reconnect = null,
        });
        await hub.StartAsync();
        return hub;
    }

    public Task<RawClient> RawOfAsync(string user, string chat) => RawClient.OpenAsync(
        Url, "features=seq", chat + "api/v1/chat/ws", header: (HeaderSignIn.Header, user));

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
