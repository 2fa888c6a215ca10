using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Testing;

/// <summary>A chat server in memory, for tests of code that uses <see cref="ChatClient"/>: no network, no process, no
/// database.</summary>
/// <remarks>
/// <para>It keeps logs with their sequences, dedupe keys, membership, read positions, typing and presence, and refuses
/// what a real server refuses, in the same words. What it does not do: limits of rate and size beyond those of single
/// messages, several instances, and the few seconds for which a real server keeps a user online who lost the
/// connection. The clients are real, with their reconnecting, resuming and sending again.</para>
/// <para>All members may be used from any thread.</para>
/// </remarks>
public sealed class InMemoryChatServer
{
    private readonly InMemoryWorld _world;

    /// <summary>Starts with an empty lobby.</summary>
    /// <param name="timeProvider">The clock of the server and, unless their options name another, of its clients.
    /// Default the system's.</param>
    public InMemoryChatServer(TimeProvider? timeProvider = null) =>
        _world = new InMemoryWorld(timeProvider ?? TimeProvider.System);

    /// <summary>While true every attempt to connect fails as with a server that is being restarted (503). Default
    /// false. Connections that there are stay.</summary>
    public bool RefuseConnections
    {
        get { lock (_world.Gate) return _world.RefuseConnections; }
        set { lock (_world.Gate) _world.RefuseConnections = value; }
    }

    /// <summary>Makes a client of this server; start it as any other. It comes back quickly after a disconnect: within
    /// a tenth of a second, unless the options say otherwise.</summary>
    /// <param name="userId">Who it is.</param>
    /// <param name="change">Changes its options. Those about the network have no effect.</param>
    public ChatClient CreateClient(UserId userId, Func<ChatClientOptions, ChatClientOptions>? change = null)
    {
        var options = new ChatClientOptions
        {
            Url = new Uri("http://in-memory.invalid/hubs/chat"), UserId = userId, TimeProvider = _world.Time,
            Reconnect = new ReconnectOptions
            {
                FirstDelay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(100)
            },
        };
        options = OptionsCheck.Checked(change?.Invoke(options) ?? options);
        return new ChatClient(options, new InMemoryConnector(_world, userId));
    }

    /// <summary>Cuts all connections of the user, without a word: what was on its way to the client is lost. The client
    /// comes back as it always does.</summary>
    public void Disconnect(UserId userId)
    {
        foreach (var connection in _world.ConnectionsOf(userId)) connection.Cut();
    }

    /// <summary>Asks all clients to connect again, as a server does that is about to stop.</summary>
    public void RequestReconnect()
    {
        lock (_world.Gate) _world.PushToAll(new Push.Reconnect(new ReconnectRequest(5_000)));
    }

    /// <summary>Puts the log of a conversation back to an earlier state, as a database does that is restored from a
    /// backup: the entries after the sequence are gone, and what comes takes their places.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such conversation, or the sequence is
    /// negative.</exception>
    public void PutBack(ConversationId conversationId, long afterSequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        lock (_world.Gate)
        {
            if (_world.Find(conversationId) is null)
                throw new ArgumentOutOfRangeException(nameof(conversationId), "There is no such conversation.");
            _world.PutBack(conversationId, afterSequence);
        }
    }

    /// <summary>Whether the user has a connection.</summary>
    public bool IsOnline(UserId userId)
    {
        lock (_world.Gate) return _world.IsOnline(userId);
    }

    /// <summary>Makes a group, as its creator would.</summary>
    /// <exception cref="ChatRefusedException">A real server would refuse it.</exception>
    public ConversationId CreateGroup(UserId creator, params IReadOnlyList<UserId> others)
    {
        lock (_world.Gate) return _world.Create(creator, new() { ParticipantIds = [creator, .. others] }).Id;
    }

    /// <summary>Gives the user a name, as a back end does; null takes it away.</summary>
    /// <exception cref="ChatRefusedException">A real server would refuse it.</exception>
    public void SetName(UserId userId, string? name)
    {
        lock (_world.Gate) _world.SetName(userId, name);
    }

    /// <summary>Says something as a user, who need not be connected.</summary>
    /// <exception cref="ChatRefusedException">A real server would refuse it.</exception>
    public MessageEntry Post(ConversationId conversationId, UserId sender, string body)
    {
        lock (_world.Gate) return _world.Send(sender, conversationId, body, null).Message;
    }

    /// <summary>The log of a conversation as it is now; empty when there is none.</summary>
    public IReadOnlyList<ConversationEntry> LogOf(ConversationId conversationId)
    {
        lock (_world.Gate) return _world.Find(conversationId) is { } found ? [.. found.Log] : [];
    }
}
