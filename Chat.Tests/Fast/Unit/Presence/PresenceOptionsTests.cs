using Chat.Server.Presence;

namespace Chat.Tests.Unit.Presence;

public sealed class PresenceOptionsTests
{
    [Theory]
    [InlineData(5, 15, true)]
    [InlineData(5, 10, true)]
    [InlineData(5, 9, false)]
    [InlineData(0, 15, false)]
    public void A_lease_is_at_least_two_heartbeats(int heartbeat, int lease, bool isFine)
    {
        var result = new PresenceOptionsValidator().Validate(null,
            new PresenceOptions { HeartbeatSeconds = heartbeat, LeaseSeconds = lease });
        Assert.Equal(isFine, result.Succeeded);
    }

    [Fact]
    public void The_refusal_says_what_is_allowed()
    {
        var result = new PresenceOptionsValidator().Validate(null,
            new PresenceOptions { HeartbeatSeconds = 10, LeaseSeconds = 15 });
        Assert.Contains("PresenceOptions.LeaseSeconds must be at least twice", result.FailureMessage,
            StringComparison.Ordinal);
    }
}
