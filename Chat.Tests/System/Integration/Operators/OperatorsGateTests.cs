using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Integration.Tasks.Admin;
using FluentAssertions;

namespace Chat.Tests.Integration.Operators;

/// <summary>What is for operators is on their listener only, and for those who have the key.</summary>
public sealed class OperatorsGateTests(TaskAdminServer fixture) : IClassFixture<TaskAdminServer>
{
    private const string Queues = "/api/v1/admin/tasks/queues",
        Resume = "/api/v1/admin/tasks/queues/low/resume", Pause = "/api/v1/admin/tasks/queues/low/pause";

    public static TheoryData<string> Pages =>
    [
        Queues, "/tasks", "/tasks/", "/Tasks", "/tasks/tasks.js", "/metrics", "/metrics/", "/Metrics", "/%6detrics",
        "/docs/index.html", "/docs/swagger-ui.css", "/openapi/v1.json", "/OPENAPI/v1.json",
        "/api/v1/admin/nothing",
    ];

    // CH-57
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_is_not_where_everybody_is_not_even_with_the_key(string path)
    {
        var server = await StartAsync();
        foreach (var headers in ((string, string)[][])[[], [("X-Forwarded-For", "127.0.0.1")],
            [("Cookie", "chat_operator=9999999999..")],
            [("Host", $"127.0.0.1:{server.OperatorsUrl.Port}")]])
        {
            using var answer = await SendAsync(server.Http, HttpMethod.Get, path, headers);
            answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
            (await answer.Content.ReadAsStringAsync()).Should().Contain("Chat:Operators:Url");
        }
    }

    // CH-57
    [Fact]
    public async Task Keys_that_are_tried_where_everybody_is_open_nothing_and_are_slowed_counted_and_logged()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        var server = standing.Server;
        for (var i = 0; i < 12; i++)
        {
            using var answer = await SendAsync(server.Http, HttpMethod.Get, Queues,
                ("Authorization", $"Bearer {TestServer.OperatorsKey}"));
            answer.StatusCode.Should().Be(i < 10 ? HttpStatusCode.Forbidden : HttpStatusCode.TooManyRequests);
        }
        (await server.Operators.GetStringAsync("/metrics")).Should().Contain("chat_operators_refused_total 12",
            "operators are not slowed by what others do elsewhere");
        server.Logs.All.Count(log => log.Id.Id == 1064).Should().Be(10);
    }

    // CH-57
    [Theory]
    [MemberData(nameof(Pages))]
    public async Task The_key_is_asked_for_and_enough(string path)
    {
        var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.OperatorsUrl };
        using var none = await http.GetAsync(path);
        none.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        none.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Basic");
        foreach (var right in (AuthenticationHeaderValue[])[new("Bearer", TestServer.OperatorsKey),
            Basic("ann", TestServer.OperatorsKey), Basic("", TestServer.OperatorsKey)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = right } };
            using var allowed = await http.SendAsync(request);
            allowed.StatusCode.Should().Be(path.EndsWith("nothing", StringComparison.Ordinal)
                ? HttpStatusCode.NotFound
                : HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Everything_else_is_on_both_so_that_the_API_page_can_try_it()
    {
        var server = await StartAsync();
        using var http = new HttpClient { BaseAddress = server.OperatorsUrl };
        foreach (var client in new[] { server.Http, http })
        {
            (await client.GetStringAsync("/health/live")).Should().Be("""{"status":"ok"}""");
            using var task = await client.GetAsync("/api/v1/tasks/01990000-0000-7000-8000-000000000000");
            task.StatusCode.Should().Be(HttpStatusCode.NotFound);
        }
    }

    // CH-57
    [Fact]
    public async Task Wrong_keys_are_slowed_counted_and_logged()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var standing = await StandingServer.StartAsync(database.Settings);
        var server = standing.Server;
        using var http = new HttpClient { BaseAddress = server.OperatorsUrl };
        for (var i = 0; i < 10; i++)
        {
            using var refused = await SendAsync(http, HttpMethod.Get, Queues,
                ("Authorization", $"Bearer wrong-key-number-{i}"));
            refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }
        foreach (var key in (string[])["wrong", TestServer.OperatorsKey])
        {
            using var slowed = await SendAsync(http, HttpMethod.Get, "/metrics", ("Authorization", $"Bearer {key}"));
            slowed.StatusCode.Should().Be(HttpStatusCode.TooManyRequests, "it is not even looked at");
            slowed.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(1));
        }
        standing.Pass(TimeSpan.FromSeconds(1));
        (await server.Operators.GetStringAsync("/metrics")).Should().Contain("chat_operators_refused_total 12");
        for (var i = 0; i < 20; i++)
            (await server.Operators.GetStringAsync("/metrics")).Should().NotBeEmpty("the right key is not counted");
        server.Logs.All.Count(log => log.Id.Id == 1061).Should().Be(10);
        server.Logs.All.First(log => log.Id.Id == 1061).Text.Should().Contain(Queues).And.Contain("127.0.0.1")
            .And.NotContain("wrong-key");
    }

    [Fact]
    public async Task A_change_is_logged_with_who_made_it()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var server = await ServerProcess.ServeAsync(
            ("ConnectionStrings__Chat", database.Settings.ConnectionString),
            ("Chat__TaskAdmin__Key", TestServer.OperatorsKey)); // the former name
        using var http = new HttpClient { BaseAddress = server.OperatorsUrl };
        using (var done = await SendAsync(http, HttpMethod.Post, Resume,
            ("Authorization", Basic("ann\u0007", TestServer.OperatorsKey).ToString())))
            done.StatusCode.Should().Be(HttpStatusCode.OK);
        await server.TerminateAsync();
        (await server.ExitAsync()).Should().Be(0);
        server.Output.Should().Contain($"ann (127.0.0.1) did POST {Resume}: 200");
        server.Output.Should().NotContain(TestServer.OperatorsKey, "a key that was set is somebody's secret");
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
        var server = await StartAsync();
        using var answer = await SendAsync(server.Operators, HttpMethod.Post, Pause, (header, value));
        answer.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync()).Should()
            .Be("""{"error":"changes from pages of other sites are refused"}""");
    }

    [Fact]
    public async Task Changes_are_taken_from_our_page_and_from_programs()
    {
        var server = await StartAsync();
        foreach (var headers in ((string, string)[][])[[("Sec-Fetch-Site", "same-origin")],
            [("Origin", server.OperatorsUrl.GetLeftPart(UriPartial.Authority))], []])
        {
            using var answer = await SendAsync(server.Operators, HttpMethod.Post, Resume, headers);
            answer.StatusCode.Should().Be(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task A_browser_signs_in_once_and_out_again()
    {
        var server = await StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.OperatorsUrl,
        };
        using (var sent = await SendAsync(browser, HttpMethod.Get, "/tasks", ("Sec-Fetch-Mode", "navigate")))
        {
            sent.StatusCode.Should().Be(HttpStatusCode.SeeOther);
            sent.Headers.Location.Should().Be("operators?to=%2Ftasks", "a proxy may publish it below a path");
        }
        (await browser.GetAsync("/operators/session")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        foreach (var (body, status) in (new[] { ("{\"key\":\"wrong\"}", HttpStatusCode.Unauthorized),
            ("{}", HttpStatusCode.BadRequest), ("nonsense", HttpStatusCode.BadRequest) }))
            (await browser.PostAsync("/operators/session", new StringContent(body))).StatusCode.Should().Be(status);
        using (var entered = await browser.PostAsync("/operators/session",
            new StringContent($$"""{"key":"{{TestServer.OperatorsKey}}","name":"ann"}""")))
        {
            entered.StatusCode.Should().Be(HttpStatusCode.NoContent);
            entered.Headers.GetValues("Set-Cookie").Single().Should().Contain("httponly").And.Contain("samesite=strict")
                .And.NotContain(TestServer.OperatorsKey);
        }
        (await browser.GetAsync("/tasks")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await browser.GetAsync("/operators/session")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await browser.DeleteAsync("/operators/session")).StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await browser.GetAsync("/tasks")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("9999999999..")]
    [InlineData("9999999999.YW5u.AAAA")]
    [InlineData("..")]
    [InlineData("nonsense")]
    public async Task A_session_that_we_did_not_sign_is_none(string cookie)
    {
        var server = await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false })
        {
            BaseAddress = server.OperatorsUrl,
        };
        using var answer = await SendAsync(http, HttpMethod.Get, "/tasks", ("Cookie", $"chat_operator={cookie}"));
        answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private Task<TestServer> StartAsync() =>
        fixture.StartAsync(DatabaseKind.Sqlite, ("Chat:Server:AllowedOrigins", "*"));

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient http, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }
}
