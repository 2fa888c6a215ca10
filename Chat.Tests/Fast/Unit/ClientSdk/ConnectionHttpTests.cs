using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Tests.Fixtures;
using Xunit;

namespace Chat.Tests.Unit.ClientSdk;

public sealed class ConnectionHttpTests
{
    [Fact]
    public async Task A_token_that_travelled_encrypted_is_never_sent_in_the_clear()
    {
        var answers = new Answers();
        using var http = Through(answers);

        await http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "https://chat.example.com/hubs/chat/negotiate"),
            default);
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            http.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://elsewhere.example.com/hubs/chat/negotiate"),
                default));

        Assert.Equal("Bearer mine", Assert.Single(answers.Seen).Headers.Authorization?.ToString());
    }

    [Fact]
    public async Task Cutting_ends_a_request_that_waits()
    {
        var answers = new Answers { Never = true };
        using var connection = new ConnectionHttp(Options(answers));
        using var http = new HttpMessageInvoker(connection);
        var waiting = http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://chat.example.com/hubs/chat"),
            default);

        await connection.CutAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Bounds.Wait));
    }

    private static HttpMessageInvoker Through(HttpMessageHandler handler) =>
        new(new ConnectionHttp(Options(handler).ForOneClient()));

    private static ChatClientOptions Options(
        HttpMessageHandler handler) => ChatClientOptions.ForServer(new Uri("https://chat.example.com")) with
    {
        HttpMessageHandlerFactory = _ => handler, AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("mine"),
    };

    private sealed class Answers : HttpMessageHandler
    {
        public List<HttpRequestMessage> Seen { get; } = [];

        public bool Never { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen.Add(request);
            if (Never) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
