using System.Net;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Hosting;

/// <summary>What an address does not do is said, with what it does: by whichever part of the server answers
/// there.</summary>
public sealed class WrongMethodTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // CH-50
    [Theory]
    [InlineData("/", "GET, HEAD")]
    [InlineData("/sdk/chat-client.js", "GET, HEAD")]
    [InlineData("/health", "GET, HEAD")]
    [InlineData("/health/ready/", "GET, HEAD")]
    [InlineData("/api/join", "POST")]
    [InlineData("/api/messages/", "GET")]
    [InlineData("/api/v1/chat", "GET, POST")]
    [InlineData("/API/v1/chat/00000000-0000-0000-0000-000000000001", "PATCH, POST")]
    [InlineData("/api/v1/tasks/01990000-0000-7000-8000-000000000000", "GET")]
    [InlineData("/hubs/chat?user_id=ann", "GET, POST, DELETE")]
    [InlineData("/hubs/chat/?user_id=ann", "GET, POST, DELETE")]
    [InlineData("/hubs/chat/negotiate?user_id=ann", "POST")]
    [InlineData("/hubs/chat/negotiate/?user_id=ann", "POST")]
    [InlineData("/api/v1/chat/ws?user_id=ann", "GET")]
    public async Task It_is_refused_with_405_in_words_and_the_methods_that_there_are(string path, string allowed)
    {
        var server = await fixture.StartAsync(DatabaseKind.Sqlite);
        foreach (var method in ((string[])["PUT", "PATCH", "OPTIONS", "FOO"]).Except(allowed.Split(", ")))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await server.Http.SendAsync(request);
            answer.StatusCode.Should().Be(HttpStatusCode.MethodNotAllowed, $"of {method}");
            string.Join(", ", answer.Content.Headers.Allow).Should().Be(allowed);
            (await answer.Content.ReadAsStringAsync()).Should().Be("""{"error":"method not allowed"}""");
        }
    }
}
