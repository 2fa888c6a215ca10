using Chat.ClientSdk;
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

    [Fact]
    public void The_text_of_a_code_that_is_not_known_stays_as_it_was()
    {
        var error = ChatError.FromHubText("quota_2: no room");

        error!.ToHubText().Should().Be("quota_2: no room");
        ChatErrorCodes.FromWire("quota_2").Should().Be(ChatErrorCode.Unknown);
    }
}
