using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using FluentAssertions;
using Microsoft.AspNetCore.SignalR;

namespace Chat.Tests.Unit.ClientSdk;

public sealed class RefusalTextTests
{
    private const string Prefix = "An unexpected error occurred invoking 'Send' on the server. HubException: ";

    [Theory]
    [InlineData(Prefix + "forbidden: not here", ChatErrorCode.Forbidden, "not here")]
    [InlineData("internal_error: later: perhaps", ChatErrorCode.InternalError, "later: perhaps")]
    [InlineData(Prefix + "quota_2: no room", ChatErrorCode.Unknown, "quota_2: no room")]
    [InlineData("An unexpected error occurred invoking 'Send' on the server.", ChatErrorCode.InternalError,
        "An unexpected error occurred invoking 'Send' on the server.")] // SignalR's own: the server failed
    public void A_hub_error_is_a_refusal_with_the_code_in_its_text(string text, ChatErrorCode code, string message)
    {
        var refusal = ChatFailure.FromCall(new HubException(text), default).Should().BeOfType<ChatRefusedException>()
            .Subject;

        refusal.Error.Should().Be(new ChatError(code, message));
    }

    // CH-121
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(799.01, 800)]
    [InlineData(5_000, 5_000)]
    [InlineData(1e12, 99_999_999)]
    public void The_time_to_wait_is_at_the_end_of_the_text_and_is_read_from_there(double milliseconds, int said)
    {
        var error = ChatError.WithRetry(ChatErrorCode.RateLimited, "too fast",
            TimeSpan.FromMilliseconds(milliseconds));
        error.ToHubText().Should().Be($"rate_limited: too fast; retry in {said} ms");

        var thrown = ChatFailure.FromCall(new HubException(Prefix + error.ToHubText()), default);

        ((ChatRefusedException)thrown!).RetryAfter.Should().Be(TimeSpan.FromMilliseconds(said));
    }

    [Theory]
    [InlineData("rate_limited: one connection may join at most 1000 conversations; leave one first")]
    [InlineData("rate_limited: x; retry in 5 ms or later")]
    [InlineData("rate_limited: x; retry in 999999999999 ms")]
    [InlineData("rate_limited: x; retry in -5 ms")]
    [InlineData("bad_request: body must not be; retry in 5 ms")]
    public void A_text_without_a_time_has_no_retry_time(string text) =>
        ChatError.FromHubText(text)!.RetryAfter.Should().BeNull();

    [Fact]
    public void The_reason_of_an_ended_or_refused_connection_is_found()
    {
        const string closed = "The server closed the connection with the following error: ";
        var full = ChatError.WithRetry(ChatErrorCode.TooManyConnections, "full", TimeSpan.FromSeconds(5)).ToHubText();
        RetryTime.Of(new ChatDisconnectedException("lost", new HubException(closed + full)))
            .Should().Be(TimeSpan.FromSeconds(5));
        RetryTime.Of(new ChatConnectException("no", new AggregateException(new IOException(),
            new HttpRequestException("no", new ServerBusy(TimeSpan.FromSeconds(7))))))
            .Should().Be(TimeSpan.FromSeconds(7));
        RetryTime.Of(new ServerBusy(TimeSpan.FromDays(1))).Should()
            .Be(TimeSpan.FromMinutes(5), "nobody waits for ever");
        RetryTime.Of(new ChatDisconnectedException("lost", new IOException())).Should().Be(TimeSpan.Zero);
        RetryTime.Of(null).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void A_connection_that_breaks_off_in_the_middle_of_a_message_is_a_lost_one() =>
        ChatFailure.FromCall(new InvalidDataException("Connection terminated while reading a message."), default)
            .Should().BeOfType<ChatDisconnectedException>();

    [Fact]
    public void The_text_of_a_code_that_is_not_known_stays_as_it_was()
    {
        var error = ChatError.FromHubText("quota_2: no room");

        error!.ToHubText().Should().Be("quota_2: no room");
        ChatErrorCodes.FromWire("quota_2").Should().Be(ChatErrorCode.Unknown);
    }
}
