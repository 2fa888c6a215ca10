using Chat.Server.Web;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Web;

/// <summary>The files of the app alone, from a folder of its own and at one address, in one version after the
/// other.</summary>
internal sealed class PublishedApp : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-app-").FullName;
    private readonly int _port = FreePort.Next();
    private WebApplication? _app;

    public Uri Url => new($"http://127.0.0.1:{_port}");

    public static async Task<PublishedApp> StartAsync(string version)
    {
        var published = new PublishedApp();
        Copy(Path.Combine(Repository.Root, "Chat.Server", "wwwroot"), published._folder);
        await published.BePatientAsync();
        await published.StartAgainAsync(version);
        return published;
    }

    /// <param name="version">Which the page has in its head from now on.</param>
    /// <param name="isAway">A gateway answers everything with 502.</param>
    public async Task StartAgainAsync(string version, bool isAway = false)
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "Chat.Server", "wwwroot", "index.html"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"),
            page.Replace("</head>", $"<meta name=\"version\" content=\"{version}\"></head>", StringComparison.Ordinal));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(Url.ToString());
        _app = builder.Build();
        if (isAway)
            _app.Run(http => Results.Text("Bad Gateway", "text/plain", null, StatusCodes.Status502BadGateway)
                .ExecuteAsync(http));
        var files = WebFiles.In(_folder);
        _app.MapGet("/app/files.json", async (HttpContext http) =>
        {
            var list = WebFileList.Of(files);
            await http.Response.WriteAsJsonAsync(new { version = list.Version, files = list.Files });
        });
        _app.MapWebFiles(files, []);
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _app = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The worker takes a server that is slow for no network. Here it answers or is away: a busy machine is
    /// neither of them.</summary>
    private async Task BePatientAsync()
    {
        const string within = "const AnswersWithin = 4_000;";
        var worker = Path.Combine(_folder, "sw.js");
        var code = await File.ReadAllTextAsync(worker);
        Assert.Contains(within, code, StringComparison.Ordinal);
        await File.WriteAllTextAsync(worker,
            code.Replace(within, "const AnswersWithin = 600_000;", StringComparison.Ordinal));
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
