using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chat.Tests.Integration.Hosting;

public sealed class HttpSurfaceTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData("/health", """{"status":"ok"}""")]
    [InlineData("/health/live", """{"status":"ok"}""")]
    [InlineData("/health/ready", """{"status":"ready"}""")]
    public async Task Health_is_answered_byte_for_byte(string path, string expected)
    {
        using var response = await host.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        using var head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Readiness_says_what_is_failing_and_keeps_the_reason_of_an_exception_to_the_log()
    {
        try
        {
            host.Database = _ => ValueTask.FromResult<string?>("unreachable");
            Assert.Equal("""{"status":"not ready","failing":{"database":"unreachable"}}""", await UnreadyAsync());
            host.Database = _ => throw new InvalidTimeZoneException("inside");
            Assert.Equal("""{"status":"not ready","failing":{"database":"failed"}}""", await UnreadyAsync());
            Assert.Contains(host.Logs.All,
                log => log.Id.Id == 1010 && log.Text.Contains("inside", StringComparison.Ordinal));
            host.Database = _ => new ValueTask<string?>(new TaskCompletionSource<string?>().Task); // deaf to its token
            Assert.Equal("""{"status":"not ready","failing":{"database":"no answer in time"}}""", await UnreadyAsync());
        }
        finally
        {
            host.Database = _ => ValueTask.FromResult<string?>(null);
        }
    }

    [Fact]
    public async Task Readiness_stays_when_it_is_only_degraded()
    {
        try
        {
            host.Backplane = "redis does not answer";
            using var response = await host.Client.GetAsync("/health/ready");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("""{"status":"degraded","degraded":{"backplane":"redis does not answer"}}""",
                await response.Content.ReadAsStringAsync());
            host.Database = _ => ValueTask.FromResult<string?>("unreachable");
            Assert.Equal(
                """{"status":"not ready","failing":{"database":"unreachable"},"degraded":{"backplane":"redis does not answer"}}""", await UnreadyAsync());
        }
        finally
        {
            host.Backplane = null;
            host.Database = _ => ValueTask.FromResult<string?>(null);
        }
    }

    // CH-50
    [Fact]
    public async Task An_unhandled_exception_is_a_bare_500_and_logged_once()
    {
        using var response = await host.Client.GetAsync("/api/broken");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("""{"error":"internal error"}""", await response.Content.ReadAsStringAsync());
        var log = Assert.Single(host.Logs.All,
            log => log.Exception is InvalidTimeZoneException
                && log.Text.Contains("/api/broken", StringComparison.Ordinal));
        Assert.Equal((LogLevel.Error, 1020), (log.Level, log.Id.Id));
    }

    [Fact]
    public async Task Half_an_answer_is_cut_so_that_it_does_not_look_whole() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetStringAsync("/api/half"));

    // CH-50
    [Theory]
    [InlineData("GET", "/api/nowhere", HttpStatusCode.NotFound, """{"error":"not found"}""")]
    [InlineData("DELETE", "/api/broken", HttpStatusCode.MethodNotAllowed, """{"error":"method not allowed"}""")]
    [InlineData("GET", "/api/own", HttpStatusCode.NotFound, "its own answer")]
    [InlineData("GET", "/elsewhere", HttpStatusCode.NotFound, "")]
    public async Task Requests_below_api_without_an_endpoint_are_refused_in_words(
        string method, string path, HttpStatusCode status, string body)
    {
        using var response = await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_the_limit_that_nobody_caught_is_a_413()
    {
        using var response = await host.Client.PostAsync("/api/echo", new ByteArrayContent(new byte[11]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("""{"error":"the request body is too large"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_what_is_there()
    {
        using var document = JsonDocument.Parse(await host.Client.GetStringAsync("/openapi/v1.json"));
        Assert.StartsWith("3.", document.RootElement.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var paths = document.RootElement.GetProperty("paths");
        Assert.True(paths.TryGetProperty("/health/ready", out _));
        Assert.False(paths.TryGetProperty("/metrics", out _));
    }

    [Fact]
    public async Task The_docs_page_names_no_other_host()
    {
        var page = await host.Client.GetStringAsync("/docs/index.html");
        var script = await host.Client.GetStringAsync("/docs/index.js");
        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
        Assert.DoesNotContain("validator.swagger.io", page + script, StringComparison.Ordinal);
        Assert.Contains("/openapi/v1.json", page + script, StringComparison.Ordinal);
    }

    [Fact]
    public void The_start_is_told_in_one_line_with_the_open_mode_warning_before_it()
    {
        var started = Assert.Single(host.Logs.All,
            log => log.Id.Id == 1000 && log.Category.StartsWith("Chat.", StringComparison.Ordinal));
        Assert.Contains(host.App.Urls.Single(), started.Text, StringComparison.Ordinal);
        Assert.Contains("database SQLite", started.Text, StringComparison.Ordinal);
        var open = Assert.Single(host.Logs.All, log => log.Id.Id == 1050);
        Assert.Equal(LogLevel.Warning, open.Level);
        Assert.Contains("anyone may claim any user id", open.Text, StringComparison.Ordinal);
    }

    private async Task<string> UnreadyAsync()
    {
        using var response = await host.Client.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
