using System.Net;
using System.Text.RegularExpressions;
using Chat.Server.Persistence;

namespace Chat.Tests.Integration.Tasks.Admin;

/// <summary>The page as a browser gets it.</summary>
public sealed partial class TaskPageTests(TaskAdminServer fixture) : IClassFixture<TaskAdminServer>
{
    [Fact]
    public async Task The_page_and_all_that_it_loads_are_there_and_nothing_is_from_elsewhere()
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        var seen = new HashSet<string>();
        var waiting = new Queue<string>(["/tasks"]);
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path)) continue;
            using var response = await server.Operators.GetAsync(path);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
            var text = await response.Content.ReadAsStringAsync();
            foreach (Match link in Links().Matches(text))
                waiting.Enqueue(new Uri(new Uri(server.OperatorsUrl, path), link.Groups[1].Value).AbsolutePath);
            foreach (Match import in Imports().Matches(text)) waiting.Enqueue($"/tasks/{import.Groups[1].Value}");
            Assert.DoesNotMatch(Foreign(), text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
            Assert.DoesNotMatch(Inline(), text);
        }
        Assert.Superset(
            new HashSet<string> { "/tasks/tasks.css", "/tasks/tasks.js", "/tasks/ask.js", "/tasks/api.js",
                "/operators/base.css", "/operators/icon.svg" }, seen);
    }

    [Theory]
    [InlineData("/tasks", "text/html; charset=utf-8")]
    [InlineData("/tasks/tasks.js", "text/javascript; charset=utf-8")]
    [InlineData("/tasks/tasks.css", "text/css; charset=utf-8")]
    [InlineData("/operators/icon.svg", "image/svg+xml")]
    public async Task Its_headers_let_nothing_in_but_our_own_files(string path, string type)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            using var request = new HttpRequestMessage(method, path);
            using var response = await server.Operators.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(type, response.Content.Headers.ContentType?.ToString());
            Assert.NotEqual(0, response.Content.Headers.ContentLength);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';", policy,
                StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
        }
    }

    [Theory]
    [InlineData("/tasks/nothing.js")]
    [InlineData("/tasks/..%2Fappsettings.json")]
    public async Task There_are_no_other_files(string path)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        using var response = await server.Operators.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [GeneratedRegex("(?:href|src)=\"([./][^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("""from '\./([\w.-]+)'""")]
    private static partial Regex Imports();

    [GeneratedRegex("https?://")]
    private static partial Regex Foreign();

    [GeneratedRegex("""<style|<script>| style=| on\w+="|innerHTML|outerHTML|insertAdjacentHTML|eval\(""")]
    private static partial Regex Inline();
}
