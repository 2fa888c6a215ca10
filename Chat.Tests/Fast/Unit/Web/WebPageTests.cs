using Chat.Server.Web;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Unit.Web;

/// <summary>Pages, in a folder of the test's own.</summary>
public sealed class WebPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-web-").FullName;
    private readonly WebFiles _files;

    public WebPageTests() => _files = new WebFiles(_folder);

    [Fact]
    public async Task A_page_allows_nothing_but_the_server_s_own_files()
    {
        Write("index.html", "<!doctype html>");
        var response = await GetAsync("/");
        Assert.Equal((200, "text/html; charset=utf-8"), (response.StatusCode, response.ContentType));
        var policy = response.Headers.ContentSecurityPolicy.ToString().Split("; ");
        string[] wanted = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"];
        foreach (var directive in wanted) Assert.Contains(directive, policy);
        Assert.DoesNotContain("unsafe", response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_changed_is_read_anew()
    {
        Write("app.css", "a{}");
        var first = (await GetAsync("/app.css")).Headers.ETag;
        Write("app.css", "a{} b{}");
        Assert.NotEqual(first, (await GetAsync("/app.css")).Headers.ETag);
    }

    [Theory]
    [InlineData("/.env")]
    [InlineData("/folder")]
    public async Task Hidden_files_and_folders_are_not_there(string path)
    {
        Write(".env", "SECRET=1");
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        Assert.Equal(StatusCodes.Status418ImATeapot, (await GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("//app.css")]
    [InlineData("/folder//app.css")]
    [InlineData("/folder//")]
    [InlineData("//")]
    public async Task A_path_with_an_empty_part_is_no_file(string path)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        foreach (var name in new[] { "app.css", "index.html", "folder/app.css", "folder/index.html" })
            Write(name, "a{}");
        Assert.Equal(StatusCodes.Status418ImATeapot, (await GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task All_paths_of_a_file_are_one_file_in_memory()
    {
        Write("index.html", "<!doctype html>");
        Assert.Same(await _files.FindAsync("/", CancellationToken.None),
            await _files.FindAsync("/index.html", CancellationToken.None));
    }

    [Fact]
    public async Task Without_a_folder_there_are_no_files()
    {
        using var none = new WebFiles(Path.Combine(_folder, "missing"));
        Assert.Null(await none.FindAsync("/", CancellationToken.None));
    }

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private async Task<HttpResponse> GetAsync(string path)
    {
        var http = new DefaultHttpContext
        {
            Request = { Method = "GET", Path = path }, Response = { Body = new MemoryStream() }
        };
        await new WebFileResponses(Elsewhere, _files, []).InvokeAsync(http);
        return http.Response;
    }

    private static Task Elsewhere(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status418ImATeapot;
        return Task.CompletedTask;
    }
}
