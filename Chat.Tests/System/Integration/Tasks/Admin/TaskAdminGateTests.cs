using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Server.Persistence;
using Chat.Server.Tasks.Admin;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Tasks.Admin;

/// <summary>Without a key: this machine only.</summary>
public sealed class TaskAdminGateTests(TaskAdminServer fixture) : IClassFixture<TaskAdminServer>
{
    private const string Queues = "/api/v1/admin/tasks/queues",
        Pause = "/api/v1/admin/tasks/queues/low/pause", Resume = "/api/v1/admin/tasks/queues/low/resume";

    // CH-57
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Host", "chat.example.org")]
    public async Task What_a_proxy_passes_on_or_another_name_asked_for_is_not_from_this_machine(
        string header, string value)
    {
        foreach (var path in new[] { Queues, "/tasks", "/tasks/tasks.js" })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, (header, value));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("Chat:TaskAdmin:Key", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("[::1]:8080")]
    public async Task This_machine_is_let_in_by_any_of_its_names(string host)
    {
        using var answer = await SendAsync(HttpMethod.Get, Queues, ("Host", host));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    // CH-58: not even from those of sites that may call the server
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    public async Task Changes_are_not_taken_from_other_pages(string header, string value)
    {
        using var answer = await SendAsync(HttpMethod.Post, Pause, (header, value));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("""{"error":"changes are not taken from pages of other sites"}""",
            await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Changes_are_taken_from_our_page_and_from_programs()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite, ("Chat:Server:AllowedOrigins", "*"));
        using var page = await SendAsync(HttpMethod.Post, Resume, ("Sec-Fetch-Site", "same-origin"));
        using var old = await SendAsync(HttpMethod.Post, Resume,
            ("Origin", server.Url.GetLeftPart(UriPartial.Authority)));
        using var program = await SendAsync(HttpMethod.Post, Resume);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK),
            (page.StatusCode, old.StatusCode, program.StatusCode));
    }

    [Fact]
    public async Task Whoever_enqueued_a_task_is_not_asked_for_a_key()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/v1/tasks/01990000-0000-7000-8000-000000000000",
            ("X-Forwarded-For", "203.0.113.9"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite, ("Chat:Server:AllowedOrigins", "*"));
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }
}

/// <summary>With a key: whoever has it, from anywhere.</summary>
public sealed class TaskAdminKeyTests(TaskAdminServer fixture) : IClassFixture<TaskAdminServer>
{
    private const string Key = "correct-horse:battery";

    // CH-57
    [Theory]
    [InlineData("/tasks")]
    [InlineData("/tasks/tasks.css")]
    [InlineData("/api/v1/admin/tasks/queues")]
    public async Task The_key_is_asked_for_and_enough(string path)
    {
        using var none = await SendAsync(path, null);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Basic", none.Headers.WwwAuthenticate.Single().Scheme);
        foreach (var wrong in new[] { new AuthenticationHeaderValue("Bearer", Key + "x"), new("Bearer", ""),
            Basic("ann", "wrong"), new("Basic", "%%%"), new("Digest", Key) })
        {
            using var refused = await SendAsync(path, wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }
        foreach (var right in new[] { new AuthenticationHeaderValue("Bearer", Key), Basic("ann", Key), Basic("", Key) })
        {
            using var allowed = await SendAsync(path, right, ("X-Forwarded-For", "203.0.113.9"));
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789 abcdef", false)]
    public void A_key_is_long_enough_or_absent(string key, bool isValid) =>
        Assert.Equal(isValid,
            new TaskAdminOptionsValidator().Validate(null, new TaskAdminOptions { Key = key }).Succeeded);

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private async Task<HttpResponseMessage> SendAsync(
        string path, AuthenticationHeaderValue? authorization, params (string Name, string Value)[] headers)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite, ("Chat:TaskAdmin:Key", Key));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Http.SendAsync(request);
    }
}
