using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Identity;

/// <summary>A client that reads what it sends, and goes from token to token when the test says so: its clock stands
/// still, and the server's leaps, so that no token ends because the machine is busy.</summary>
internal sealed class TokenClient
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Later than a client asks for its next token, and sooner than the one that it has ends.</summary>
    public static readonly TimeSpan Leap = 0.92 * Life;

    private readonly ManualTime _clock = new();
    private readonly ConcurrentQueue<AccessTokenReason> _asked = new();
    private readonly SemaphoreSlim _expiring = new(0);
    private readonly ConcurrentQueue<ConnectionState> _states = new();
    private readonly Func<string> _make;
    private readonly AccessTokens _tokens;
    private ChatClient _chat = null!;
    private ConversationId _conversation;
    private Consumer _reader = null!;

    private TokenClient(Func<string> make) => (_make, _tokens) = (make, new AccessTokens(AskAsync, _clock));

    public static async Task<TokenClient> ConnectAsync(TokenServer server, LeapingTime time, ChatTransports transport)
    {
        var client = new TokenClient(() => server.Tokens.Of($"{transport}", change: claims =>
        {
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            (claims["iat"], claims["nbf"], claims["exp"]) = (now, now, now + (long)Life.TotalSeconds);
        }));
        await client.ConnectAsync(ChatClientOptions.ForServer(server.Server.Url) with { Transports = transport });
        return client;
    }

    /// <summary>Ends when the client knows when to ask for the next token, and waits for that moment.</summary>
    public Task WaitsForItsNextTokenAsync() => Eventually.HoldsAsync(() =>
        _tokens.RenewsIn is { } left && left > TimeSpan.Zero && _clock.HasTimerAbout(_clock.GetUtcNow() + left));

    /// <summary>Has that moment come, and sends a message with what the client is given.</summary>
    public async Task GoOnAsync()
    {
        _clock.Advance(_tokens.RenewsIn!.Value + TimeSpan.FromSeconds(1));
        (await _expiring.WaitAsync(Bounds.Wait)).Should().BeTrue();
        await _chat.SendAsync(_conversation, "going on").WaitAsync(Bounds.Wait);
    }

    /// <summary>It was given so many tokens more, read all that it sent, and was never without a connection.</summary>
    public async Task EndAsync(int tokens)
    {
        await _reader.HasAsync(1 + tokens);
        _reader.IsContiguousFrom(1);
        _states.Should().OnlyContain(state => state == ConnectionState.Connected);
        _asked.Should().Equal(
            [AccessTokenReason.Start, .. Enumerable.Repeat(AccessTokenReason.Expiring, tokens)]);
        await _reader.DisposeAsync();
        await _chat.DisposeAsync();
    }

    private async Task ConnectAsync(ChatClientOptions options)
    {
        _chat = await ChatClient.ConnectAsync(
            options with { TimeProvider = _clock, AccessTokenProvider = AskAsync, Tokens = _tokens });
        _chat.OnStateChange(change => _states.Enqueue(change.State));
        _conversation = (await _chat.CreateConversationAsync(
            new() { ParticipantIds = [UserId.Parse("ben")], Title = $"{options.Transports}" })).Id;
        _reader = new Consumer(_chat.ReadAsync(_conversation, after: 0));
        await _reader.HasAsync(1); // no call is under way when the clock moves
    }

    private ValueTask<string?> AskAsync(AccessTokenReason reason, CancellationToken ct)
    {
        _asked.Enqueue(reason);
        if (reason == AccessTokenReason.Expiring) _expiring.Release();
        return ValueTask.FromResult<string?>(_make());
    }
}
