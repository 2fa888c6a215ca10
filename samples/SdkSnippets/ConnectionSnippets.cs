using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace SdkSnippets;

/// <summary>The code of docs/sdk.md about the connection, so that it compiles. A test compares the two.</summary>
internal static class ConnectionSnippets
{
    public static async Task ConnectAsync(ITokens tokens, CancellationToken ct)
    {
        var options = ChatClientOptions.ForServer(new Uri("https://chat.example.com")) with
        {
            AccessTokenProvider = tokens.GetAsync, // asked once per token
        };
        await using var chat = await ChatClient.ConnectAsync(options, ct);

        foreach (var conversation in await chat.ConversationsAsync(ct))
            Console.WriteLine($"{conversation.Title ?? "untitled"}: {conversation.UnreadCount} unread");
    }

    public static async Task StartAsync(ChatClientOptions options, CancellationToken ct)
    {
        await using var chat = new ChatClient(options);
        using var watching = chat.OnStateChange(change => Console.WriteLine(change switch
        {
            { State: ConnectionState.Connected } => "connected",
            { NextAttemptIn: { } wait } =>
                $"no connection ({change.Reason?.Message}); next attempt in {wait.TotalSeconds:0.0} s",
            { State: ConnectionState.Failed } => $"given up: {change.Reason?.Message}",
            _ => $"{change.State}",
        }));
        await chat.StartAsync(ct); // does not wait for the connection
        await chat.WaitUntilConnectedAsync(ct);
    }

    public static ChatClientOptions Options(Uri server) => ChatClientOptions.ForServer(server) with
    {
        Reconnect = new ReconnectOptions { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(30) },
        CallTimeout = TimeSpan.FromSeconds(10),
        Transports = ChatTransports.WebSockets,
        SkipNegotiation = true, // one round trip less
    };

    public static async Task ErrorsAsync(ChatClient chat, UserId ben, CancellationToken ct)
    {
        try
        {
            await chat.CreateConversationAsync(
                new CreateConversation { ParticipantIds = [ben], Kind = ConversationKind.Direct }, ct);
        }
        catch (ChatRefusedException refused) when (refused.Code == ChatErrorCode.Forbidden)
        {
            Console.WriteLine(refused.Error.Message); // the server understood and said no
        }
        catch (ChatTimeoutException)
        {
            Console.WriteLine("no answer in time"); // no connection, or a server that hangs
        }
    }
}

/// <summary>Wherever an application has its tokens from.</summary>
internal interface ITokens
{
    ValueTask<string?> GetAsync(AccessTokenReason reason, CancellationToken ct);
}
