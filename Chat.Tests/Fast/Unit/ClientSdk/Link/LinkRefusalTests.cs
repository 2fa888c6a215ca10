using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>Which refusals end a link, and which are tried again.</summary>
public sealed class LinkRefusalTests
{
    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task A_refusal_of_this_client_is_final_where_no_token_can_change(HttpStatusCode status)
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(ChatLinkTests.RefusedByServer(status));
        link.Link.Start();
        Assert.Equal(status,
            Assert.IsType<ChatConnectException>((await link.States.UntilAsync(ConnectionState.Failed)).Reason).Status);
        Assert.Equal(1, link.Connector.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)] // of a proxy, like the next two: the server's own are told apart
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Other_answers_may_get_better(HttpStatusCode status)
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(ChatLinkTests.Refused(status));
        link.Link.Start();
        await link.PassWaitAsync();
        await link.SessionAsync();
    }

    [Fact]
    public async Task One_transport_that_a_proxy_forbids_is_not_a_refusal_by_the_server()
    {
        await using var link = new LinkHarness();
        link.Connector.Answer(new ChatConnectException("none", new AggregateException(
            new HttpRequestException("no sockets here", null, HttpStatusCode.Forbidden),
            new HttpRequestException("no answer"))));
        link.Link.Start();
        await link.PassWaitAsync();
        await link.SessionAsync();
    }

    [Fact]
    public async Task With_a_token_provider_a_401_of_a_proxy_is_tried_once_more_at_once_and_then_with_backoff()
    {
        await using var link =
            new LinkHarness(options => options with
            {
                AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>("t"),
            });
        link.Connector.Answer([.. Enumerable.Repeat(ChatLinkTests.Refused(HttpStatusCode.Unauthorized), 5)]);
        link.Link.Start();
        Assert.Equal(TimeSpan.FromSeconds(0.5), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(1), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), await link.PassWaitAsync());
        Assert.Equal(TimeSpan.FromSeconds(4), await link.PassWaitAsync());
        await link.SessionAsync();
        Assert.Equal(6, link.Connector.Count);
    }

    [Theory]
    [InlineData(4499, ConnectionState.Reconnecting)]
    [InlineData(4500, ConnectionState.Failed)]
    [InlineData(4999, ConnectionState.Failed)]
    [InlineData(5000, ConnectionState.Reconnecting)]
    public async Task The_close_code_says_whether_to_come_back(int code, ConnectionState next)
    {
        await using var link = new LinkHarness();
        var connection = await link.ConnectedAsync();
        connection.Lose(new ChatDisconnectedException("closed", null, code));
        Assert.Equal(next, (await link.States.NextAsync()).State);
    }
}
