using Chat.ClientSdk;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;

namespace Chat.Tests.Integration.Identity;

/// <summary>The .NET client and the tokens of a real server.</summary>
public sealed class ClientTokenTests
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(25);

    // CH-167
    [Fact]
    public async Task A_client_goes_on_over_its_tokens_without_a_gap_on_every_transport()
    {
        var time = new LeapingTime();
        await using var server = await TokenServer.StartAsync(time);
        var clients = new List<TokenClient>();
        foreach (var transport in (ChatTransports[])[
            ChatTransports.WebSockets, ChatTransports.ServerSentEvents, ChatTransports.LongPolling])
            clients.Add(await TokenClient.ConnectAsync(server, time, transport));
        for (var times = 0; times < 3; times++) // the first token has ended long before the last one
        {
            foreach (var client in clients) await client.WaitsForItsNextTokenAsync();
            time.Leap(TokenClient.Leap);
            foreach (var client in clients) await client.GoOnAsync();
        }
        foreach (var client in clients) await client.EndAsync(tokens: 3);
    }

    // CH-168
    [Fact]
    public async Task A_client_of_a_user_does_not_become_another_one()
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var who = "ann";
        await using var chat = await ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Server.Url) with
        {
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>(server.Tokens.Of(who, Life)),
        });
        var failed = new TaskCompletionSource<Exception?>();
        using var watching = chat.OnStateChange(change =>
        {
            if (change.State == ConnectionState.Failed) failed.TrySetResult(change.Reason);
        });
        who = "ben";
        (await failed.Task.WaitAsync(Bounds.Wait)).Should().BeOfType<ChatOtherUserException>();
    }

    // CH-168
    [Theory]
    [InlineData("ann", "acme")]
    [InlineData("ben", null)]
    public async Task A_user_or_a_tenant_that_is_not_the_token_s_is_refused(string user, string? tenant)
    {
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        var connect = () => ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Server.Url) with
        {
            UserId = UserId.Parse(user), Tenant = tenant,
            AccessTokenProvider = (_, _) => ValueTask.FromResult<string?>(server.Tokens.Of("ann")),
        });
        await connect.Should().ThrowAsync<ChatConnectException>();
    }
}
