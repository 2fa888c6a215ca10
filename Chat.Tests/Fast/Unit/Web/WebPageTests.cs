using Chat.Server.Web;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Chat.Tests.Unit.Web;

/// <summary>Pages, in a folder of the test's own.</summary>
public sealed class WebPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chat-web-").FullName;

    [Fact]
    public async Task A_page_allows_nothing_but_the_server_s_own_files()
    {
        Write("index.html", "<!doctype html>");
        var response = await GetAsync("/", WebFiles.Page);
        Assert.Equal((200, "text/html; charset=utf-8"), (response.StatusCode, response.ContentType));
        var policy = response.Headers.ContentSecurityPolicy.ToString().Split("; ");
        string[] wanted = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
            "base-uri 'none'", "frame-ancestors 'none'", "form-action 'none'"];
        foreach (var directive in wanted) Assert.Contains(directive, policy);
        Assert.DoesNotContain("unsafe", response.Headers.ContentSecurityPolicy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_files_are_not_there()
    {
        Write(".env", "SECRET=1");
        Write("app.css", "a{}");
        Assert.Equal(["/app.css"], WebFiles.In(_folder).Paths);
    }

    /// <summary>As routing finds an endpoint for them.</summary>
    [Theory]
    [InlineData("/APP.css")]
    [InlineData("/app.css/")]
    public async Task A_file_has_one_address(string path)
    {
        Write("app.css", "a{}");
        Assert.Equal(StatusCodes.Status404NotFound, (await GetAsync(path, "/app.css")).StatusCode);
    }

    [Fact]
    public void The_program_has_the_files_of_its_sources()
    {
        var sources = Path.Combine(Repository.Root, "Chat.Server", "wwwroot");
        Assert.Equal(
            Directory.GetFiles(sources, "*", SearchOption.AllDirectories)
                .Select(file => "/" + Path.GetRelativePath(sources, file).Replace('\\', '/')).Order(),
            WebFiles.OfProgram().Paths.Order());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    private async Task<HttpResponse> GetAsync(string asked, string path)
    {
        var http = new DefaultHttpContext
        {
            Request = { Method = "GET", Path = asked }, Response = { Body = new MemoryStream() }
        };
        await new WebFileAnswers(WebFiles.In(_folder), []).AnswerAsync(http, path);
        return http.Response;
    }
}
