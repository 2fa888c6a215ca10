using System.Collections.Concurrent;
using System.Net;
using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using FluentAssertions;

namespace Chat.Tests.Unit.ClientSdk.Link;

/// <summary>Tokens on open connections: the next one before the last one ends, and what ends a connection.</summary>
public sealed class TokenRenewalTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(100);

    private readonly ConcurrentQueue<AccessTokenReason> _asked = new();

    // CH-167
    [Theory]
    [InlineData(0.0, 70)]
    [InlineData(0.5, 80)]
    [InlineData(1.0, 90)]
    public async Task A_token_is_renewed_at_a_random_moment_on_the_connection(double chance, int seconds)
    {
        await using var link = Link(reason => $"{reason} {_asked.Count}", chance);
        var connection = await link.ConnectedAsync();
        for (var times = 2; times <= 4; times++)
        {
            await link.WaitsForAsync(TimeSpan.FromSeconds(seconds));
            // Bounds of what has just ended may be there for a moment.
            await Eventually.HoldsAsync(() => !link.Time.HasTimerWithin(TimeSpan.FromSeconds(seconds - 1)));
            link.Time.Advance(TimeSpan.FromSeconds(seconds));
            (await connection.Script.Tokens.NextAsync()).Should().Be($"Expiring {times}");
        }
        link.Connector.Count.Should().Be(1);
        link.Link.State.State.Should().Be(ConnectionState.Connected);
        _asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Expiring, AccessTokenReason.Expiring,
            AccessTokenReason.Expiring);
    }

    // CH-167
    [Fact]
    public async Task The_moment_is_one_of_the_token_and_not_of_the_connection()
    {
        await using var link = Link(reason => $"{reason}");
        var connection = await link.ConnectedAsync();
        for (var times = 1; times <= 7; times++)
        {
            link.Time.Advance(TimeSpan.FromSeconds(10));
            link.Connector.Identity = link.Connector.Identity with { ExpiresInSeconds = 100 - 10 * times };
            connection.Lose();
            await link.PassWaitAsync();
            connection = await link.Connector.NextAsync();
            await link.States.UntilAsync(ConnectionState.Connected);
        }
        link.Connector.Identity = link.Connector.Identity with { ExpiresInSeconds = 100 };
        connection.Script.Identity = link.Connector.Identity;
        await link.WaitsForAsync(TimeSpan.FromSeconds(10));
        link.Time.Advance(TimeSpan.FromSeconds(10));
        (await connection.Script.Tokens.NextAsync()).Should().Be("Expiring");
        _asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Expiring);
    }

    // CH-167
    [Fact]
    public async Task A_provider_that_fails_or_hangs_is_asked_again_while_the_token_holds()
    {
        await using var link = new LinkHarness(options => Tokens(options, reason =>
        {
            _asked.Enqueue(reason);
            return _asked.Count switch
            {
                1 => ValueTask.FromResult<string?>("first"),
                2 => throw new HttpRequestException("no network"),
                3 => new ValueTask<string?>(new TaskCompletionSource<string?>().Task),
                _ => ValueTask.FromResult<string?>("next"),
            };
        }));
        link.Connector.Identity = link.Connector.Identity with { ExpiresInSeconds = 1_000 };
        var connection = await link.ConnectedAsync();
        await link.WaitsForAsync(TimeSpan.FromSeconds(800));
        link.Time.Advance(TimeSpan.FromSeconds(800));
        var handedOver = connection.Script.Tokens.NextAsync();
        await Eventually.HoldsAsync(() =>
        {
            link.Time.Advance(TimeSpan.FromSeconds(1)); // the waits, and the bound of the call that hangs
            return handedOver.IsCompleted;
        });
        (await handedOver).Should().Be("next");
        link.Connector.Count.Should().Be(1);
    }

    // CH-167
    [Fact]
    public async Task A_provider_that_has_no_other_yet_is_asked_when_the_last_one_has_ended()
    {
        await using var link = Link(reason => reason == AccessTokenReason.Expiring ? "Start" : $"{reason}");
        var connection = await link.ConnectedAsync();
        await link.WaitsForAsync(TimeSpan.FromSeconds(80));
        link.Time.Advance(TimeSpan.FromSeconds(80));
        await Eventually.HoldsAsync(() => _asked.Count == 2);
        link.Time.Advance(TimeSpan.FromSeconds(20));
        connection.Lose(new ChatDisconnectedException("The connection was lost: token_expired"));
        await link.Connector.NextAsync();
        await link.States.UntilAsync(ConnectionState.Connected);
        connection.Script.Tokens.IsEmpty.Should().BeTrue();
        _asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Expiring, AccessTokenReason.Expired);
    }

    // CH-167
    [Fact]
    public async Task No_next_token_is_a_sign_out()
    {
        await using var link = Link(reason => reason == AccessTokenReason.Expiring ? null : "one");
        var connection = await link.ConnectedAsync();
        await link.WaitsForAsync(TimeSpan.FromSeconds(80));
        link.Time.Advance(TimeSpan.FromSeconds(80));
        await link.States.UntilAsync(ConnectionState.SignedOut);
        await connection.Disposed;
    }

    // CH-168
    [Fact]
    public async Task A_next_token_that_is_not_taken_is_asked_for_once_more_and_then_the_user_is_signed_out()
    {
        await using var link = Link(reason => $"{reason} {_asked.Count}");
        var connection = await link.ConnectedAsync();
        connection.Script.Respond = method => Refuse(method, ChatErrorCode.TokenInvalid);
        await link.WaitsForAsync(TimeSpan.FromSeconds(80));
        link.Time.Advance(TimeSpan.FromSeconds(80));
        await link.States.UntilAsync(ConnectionState.SignedOut);
        _asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Expiring, AccessTokenReason.Refused);
    }

    // CH-168
    [Theory]
    [InlineData("ben", "default", null)]
    [InlineData("ann", "acme", null)]
    [InlineData("ann", "default", ChatErrorCode.IdentityMismatch)]
    public async Task A_next_token_of_another_user_ends_the_client(string user, string tenant, ChatErrorCode? refused)
    {
        await using var link = Link(reason => $"{reason}");
        var connection = await link.ConnectedAsync();
        connection.Script.Identity = connection.Script.Identity with { UserId = UserId.Parse(user), Tenant = tenant };
        if (refused is { } code) connection.Script.Respond = method => Refuse(method, code);
        await link.WaitsForAsync(TimeSpan.FromSeconds(80));
        link.Time.Advance(TimeSpan.FromSeconds(80));
        var state = await link.States.UntilAsync(ConnectionState.Failed);
        state.Reason.Should().BeOfType<ChatOtherUserException>();
        await connection.Disposed;
    }

    // CH-168
    [Fact]
    public async Task The_end_of_a_revoked_token_asks_once_more_and_that_one_is_the_last()
    {
        await using var link = Link(reason => $"{reason}");
        var connection = await link.ConnectedAsync();
        link.Connector.Answer(ChatLinkTests.RefusedByServer(HttpStatusCode.Unauthorized));
        link.Time.Advance(TimeSpan.FromSeconds(10)); // it has lasted
        link.Options.Tokens!.Drop(AccessTokenReason.Refused); // as the connection does
        connection.Lose(new ChatDisconnectedException("The connection was lost: token_revoked"));
        await link.States.UntilAsync(ConnectionState.SignedOut);
        _asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Refused);
    }

    // CH-168
    [Theory]
    [InlineData("identity_mismatch")]
    [InlineData("banned")]
    [InlineData("tenant_suspended")]
    public async Task An_end_and_a_refusal_that_no_token_changes_are_final(string word)
    {
        await using var link = Link(reason => $"{reason}");
        var connection = await link.ConnectedAsync();
        connection.Lose(new ChatDisconnectedException($"The connection was lost: {word}"));
        await link.States.UntilAsync(ConnectionState.Failed);
        link.Connector.Answer(new ChatConnectException("no",
            new ServerRefusal($"{word}: no", HttpStatusCode.Forbidden)));
        link.Link.Start();
        (await link.States.UntilAsync(ConnectionState.Failed)).Reason.Should().NotBeNull();
        link.Connector.Count.Should().Be(2);
    }

    // CH-167
    [Fact]
    public async Task A_token_that_has_ended_is_not_used_again()
    {
        var time = new ManualTime();
        var tokens = new AccessTokens((reason, _) => ValueTask.FromResult<string?>($"{reason}"), time);
        (await tokens.GetAsync(default)).Should().Be("Start");
        tokens.Taken("Start", 100);
        time.Advance(Life - TimeSpan.FromSeconds(1));
        (await tokens.GetAsync(default)).Should().Be("Start");
        time.Advance(TimeSpan.FromSeconds(1));
        (await tokens.GetAsync(default)).Should().Be("Expired");
    }

    // CH-167
    [Fact]
    public async Task The_end_of_an_old_connection_does_not_take_a_new_token_away()
    {
        var tokens = new AccessTokens((reason, _) => ValueTask.FromResult<string?>($"{reason}"), new ManualTime());
        await tokens.GetAsync(default);
        (await tokens.RenewAsync(Life, default)).Should().BeTrue();
        tokens.Drop(AccessTokenReason.Expired, "Start");
        tokens.Current.Should().Be("Expiring");
    }

    private static Task<object?>? Refuse(string method, ChatErrorCode code) => Task.FromResult<object?>(
        method == "Refresh" ? throw new ChatRefusedException(new ChatError(code, "no")) : null);

    private static ChatClientOptions Tokens(
        ChatClientOptions options, Func<AccessTokenReason, ValueTask<string?>> provider, double chance = 0.5) =>
        options with
        {
            AccessTokenProvider = (reason, _) => provider(reason),
            Tokens = new AccessTokens((reason, _) => provider(reason), options.TimeProvider, new Chance(chance)),
        };

    private LinkHarness Link(Func<AccessTokenReason, string?> provider, double chance = 0.5)
    {
        var link = new LinkHarness(options => Tokens(options, reason =>
        {
            _asked.Enqueue(reason);
            return ValueTask.FromResult(provider(reason));
        }, chance));
        link.Connector.Identity = link.Connector.Identity with { ExpiresInSeconds = (long)Life.TotalSeconds };
        return link;
    }

    private sealed class Chance(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
