using System.Collections.Concurrent;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
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
        await using var server = await TokenServer.StartAsync(DatabaseKind.Sqlite);
        await Task.WhenAll(new[]
        {
            ChatTransports.WebSockets, ChatTransports.ServerSentEvents, ChatTransports.LongPolling,
        }.Select(transport => GoOnAsync(server, transport)));
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

    private static async Task GoOnAsync(TokenServer server, ChatTransports transport)
    {
        var (asked, expiring) = (new ConcurrentQueue<AccessTokenReason>(), new SemaphoreSlim(0));
        var states = new ConcurrentQueue<ConnectionState>();
        await using var chat = await ChatClient.ConnectAsync(ChatClientOptions.ForServer(server.Server.Url) with
        {
            Transports = transport,
            AccessTokenProvider = (reason, _) =>
            {
                asked.Enqueue(reason);
                if (reason == AccessTokenReason.Expiring) expiring.Release();
                return ValueTask.FromResult<string?>(server.Tokens.Of($"{transport}", Life));
            },
        });
        using var watching = chat.OnStateChange(change => states.Enqueue(change.State));
        var conversation = (await chat.CreateConversationAsync(
            new() { ParticipantIds = [UserId.Parse("ben")], Title = $"{transport}" })).Id;
        var read = ReadAsync(chat, conversation);
        for (var times = 1; times <= 3; times++) // the first token has ended long before the last one
        {
            (await expiring.WaitAsync(Bounds.Wait)).Should().BeTrue();
            await chat.SendAsync(conversation, times == 3 ? "the last" : $"{times}").WaitAsync(Bounds.Wait);
        }
        var sequences = await read.WaitAsync(Bounds.Wait);
        sequences.Should().Equal(Enumerable.Range(1, sequences.Count).Select(one => (long)one));
        states.Should().OnlyContain(state => state == ConnectionState.Connected);
        asked.Should().Equal(AccessTokenReason.Start, AccessTokenReason.Expiring, AccessTokenReason.Expiring,
            AccessTokenReason.Expiring);
    }

    private static async Task<List<long>> ReadAsync(ChatClient chat, ConversationId conversation)
    {
        var sequences = new List<long>();
        await foreach (var entry in chat.ReadAsync(conversation, after: 0))
        {
            sequences.Add(entry.Sequence);
            if (entry is MessageEntry { Body: "the last" }) break;
        }
        return sequences;
    }
}
