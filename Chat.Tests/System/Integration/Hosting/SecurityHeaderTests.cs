using System.Net;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Hosting;

// CH-98
/// <summary>Whatever the server answers, a browser is told how to take it.</summary>
public sealed class SecurityHeaderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    public static TheoryData<string, string, int> Answers => new()
    {
        { "GET", "/", 200 }, { "GET", "/sdk/chat-client.js", 200 }, { "GET", "/nowhere", 404 },
        { "GET", "/health", 200 }, { "GET", "/health/ready", 200 }, { "POST", "/health", 405 },
        { "POST", "/api/join", 400 }, { "GET", "/api/nowhere", 404 }, { "GET", "/api/messages?client_id=ann", 400 },
        { "GET", "/api/v1/chat/00000000-0000-0000-0000-000000000001/messages", 200 },
        { "GET", "/api/v1/chat/00000000-0000-0000-0000-000000000001/messages?limit=x", 400 },
        { "GET", "/api/v1/chat/ws", 400 }, { "GET", "/hubs/chat", 400 },
        { "POST", "/hubs/chat/negotiate?negotiateVersion=1&user_id=ann", 200 },
        { "GET", "/tasks", 403 }, { "GET", "/metrics", 403 },
        { "GET", "operators:/operators", 200 }, { "GET", "operators:/operators/operators.js", 200 },
        { "GET", "operators:/tasks", 200 }, { "GET", "operators:/tasks/tasks.css", 200 },
        { "GET", "operators:/tasks/nothing.js", 404 }, { "GET", "operators:/metrics", 200 },
        { "GET", "operators:/openapi/v1.json", 200 }, { "GET", "operators:/docs/index.html", 200 },
        { "GET", "operators:/docs/swagger-ui-bundle.js", 200 },
        { "GET", "operators:/api/v1/admin/tasks/queues", 200 },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_answer_says_what_it_may_do_and_that_it_is_what_it_says(
        string method, string path, int status)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var isForOperators = path.StartsWith("operators:", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), path[(isForOperators ? 10 : 0)..]);
        using var answer = await (isForOperators ? server.Operators : server.Http).SendAsync(request);
        ((int)answer.StatusCode).Should().Be(status);
        Header(answer, "X-Content-Type-Options").Should().Be("nosniff");
        Header(answer, "X-Frame-Options").Should().Be("DENY");
        Header(answer, "Referrer-Policy").Should().Be("no-referrer");
        Header(answer, "Content-Security-Policy").Should().StartWith("default-src 'none'")
            .And.Contain("frame-ancestors 'none'").And.NotContain("unsafe").And.NotContain("*");
        // Files are the same for everybody; all else is somebody's, and may be another the next time.
        if (answer.Headers.ETag is null) answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        else answer.Headers.CacheControl!.NoStore.Should().BeFalse();
    }

    [Fact]
    public async Task A_refusal_of_a_foreign_site_or_host_and_an_upgrade_that_fails_say_it_too()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        foreach (var (name, value) in ((string, string)[])[("Host", "evil.example"), ("Sec-Fetch-Site", "cross-site"),
            ("Upgrade", "websocket")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/chat/ws");
            request.Headers.TryAddWithoutValidation(name, value);
            if (name == "Upgrade") request.Headers.Connection.Add("Upgrade");
            using var answer = await server.Http.SendAsync(request);
            answer.StatusCode.Should().BeOneOf(
                HttpStatusCode.BadRequest, HttpStatusCode.Forbidden, HttpStatusCode.UpgradeRequired);
            Header(answer, "Content-Security-Policy").Should().StartWith("default-src 'none'");
        }
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();
}
