using System.IO.Compression;
using System.Net;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>How the server hands out its web files.</summary>
public sealed class WebFileTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Client = "/sdk/chat-client.js";

    [Theory]
    [InlineData(Client, "text/javascript")]
    [InlineData("/sdk/core/client.js", "text/javascript")]
    [InlineData("/sdk/vendor/signalr.min.js", "text/javascript")]
    [InlineData("/sdk/vendor/signalr.LICENSE.txt", "text/plain; charset=utf-8")]
    [InlineData("/sdk/chat-client.d.ts", "text/plain; charset=utf-8")]
    [InlineData("/sdk/package.json", "application/json; charset=utf-8")]
    public async Task A_file_is_what_its_name_says_and_nothing_else(string path, string type)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        using var answer = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "Chat.Server", "wwwroot", path[1..])),
            await answer.Content.ReadAsByteArrayAsync());
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal((HttpStatusCode.OK, answer.Content.Headers.ContentLength),
            (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_file_that_is_known_is_not_sent_again()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        using var answer = await server.Http.GetAsync(Client);
        using var again = await server.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, Client) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } });
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        using var other = await server.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, Client) { Headers = { IfNoneMatch = { new("\"another\"") } } });
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Text_is_compressed_for_those_who_understand_it(string coding)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        using var plain = await server.Http.GetAsync("/sdk/vendor/signalr.min.js");
        using var answer = await server.Http.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/sdk/vendor/signalr.min.js")
            {
                Headers = { AcceptEncoding = { new(coding) } }
            });
        Assert.Equal(coding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.NotEqual(plain.Headers.ETag, answer.Headers.ETag);
        var compressed = await answer.Content.ReadAsByteArrayAsync();
        var whole = await plain.Content.ReadAsByteArrayAsync();
        Assert.True(compressed.Length * 2 < whole.Length);
        using var bytes = new MemoryStream(compressed);
        await using Stream decoded = coding == "br"
            ? new BrotliStream(bytes, CompressionMode.Decompress)
            : new GZipStream(bytes, CompressionMode.Decompress);
        using var text = new MemoryStream();
        await decoded.CopyToAsync(text);
        Assert.Equal(whole, text.ToArray());
    }

    [Theory]
    [InlineData("/sdk/")]
    [InlineData("/sdk")]
    [InlineData("/sdk/missing.js")]
    [InlineData("/sdk/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/sdk/..%2f..%2fappsettings.json")]
    [InlineData("/appsettings.json")]
    [InlineData("/Chat.Server.dll")]
    public async Task Nothing_else_is_handed_out(string path)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        using var answer = await server.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Endpoints_go_first_and_files_are_only_read()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        Assert.Equal("""{"status":"ok"}""", await server.Http.GetStringAsync("/health/live"));
        using var post = await server.Http.PostAsync(Client, null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        using var wrong = await server.Http.GetAsync("/api/join");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
    }

    [Fact]
    public async Task The_files_are_found_wherever_the_server_is_started()
    {
        await using var server = await ServerProcess.ServeAsync(); // in a folder of its own
        using var http = new HttpClient { BaseAddress = server.Url };
        Assert.Contains("ChatClient", await http.GetStringAsync(Client), StringComparison.Ordinal);
    }
}
