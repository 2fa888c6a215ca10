using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Testing;

/// <summary>An in-memory chat server, for tests of code that uses <see cref="ChatClient"/>: no network, no process, no
/// database.</summary>
/// <remarks>
/// <para>It keeps logs with sequences, dedupe keys, membership, read positions, typing and presence, and refuses what a
/// real server refuses, with the same text. It does not have rate limits, size limits beyond those of single messages,
/// several instances, or the few seconds for which a real server keeps a user online after a lost connection. The
/// clients are real: they reconnect, resume and retry.</para>
/// <para>All members may be used from any thread.</para>
/// </remarks>
public sealed class InMemoryChatServer
{
    private readonly InMemoryWorld _world;

    /// <summary>Starts with an empty lobby.</summary>
    /// <param name="timeProvider">The clock of the server and of its clients, unless their options name another.
    /// Default: the system's.</param>
    public InMemoryChatServer(TimeProvider? timeProvider = null) =>
        _world = new InMemoryWorld(timeProvider ?? TimeProvider.System);

    /// <summary>While true, every attempt to connect fails as with a server that is restarting (503). Default false.
    /// Existing connections stay.</summary>
    public bool RefuseConnections
    {
        get { lock (_world.Gate) return _world.RefuseConnections; }
        set { lock (_world.Gate) _world.RefuseConnections = value; }
    }

    /// <summary>Creates a client of this server; start it like any other. It reconnects within a tenth of a second,
    /// unless the options say otherwise.</summary>
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

    /// <summary>Cuts all connections of the user without a close message: pushes on their way to the client are lost.
    /// The client reconnects as usual.</summary>
    public void Disconnect(UserId userId)
    {
        foreach (var connection in _world.ConnectionsOf(userId)) connection.Cut();
    }

    /// <summary>Asks all clients to reconnect, like a server that is about to stop.</summary>
    public void RequestReconnect()
    {
        lock (_world.Gate) _world.PushToAll(new Push.Reconnect(new ReconnectRequest(5_000)));
    }

    /// <summary>Puts the log of a conversation back to an earlier state, like a database restored from a backup: the
    /// entries after the sequence are removed, and new entries take their sequences.</summary>
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

    /// <summary>Erases the content of a conversation up to a sequence, like a server that keeps messages for some days
    /// only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such conversation, or no such entry.</exception>
    public void EraseThrough(ConversationId conversationId, long throughSequence)
    {
        lock (_world.Gate)
        {
            if (_world.Find(conversationId) is not { } conversation)
                throw new ArgumentOutOfRangeException(nameof(conversationId), "There is no such conversation.");
            if (throughSequence < 1 || throughSequence > conversation.Head)
                throw new ArgumentOutOfRangeException(nameof(throughSequence), "There is no such entry.");
            _world.Erase(conversation, throughSequence, user: null);
        }
    }

    /// <summary>Erases what a user wrote, in all conversations, and the user's name.</summary>
    public void EraseUser(UserId userId)
    {
        lock (_world.Gate) _world.EraseUser(userId);
    }

    /// <summary>Whether the user has a connection.</summary>
    public bool IsOnline(UserId userId)
    {
        lock (_world.Gate) return _world.IsOnline(userId);
    }

    /// <summary>Creates a group, as its creator would.</summary>
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

    /// <summary>Sends a message as a user, who need not be connected.</summary>
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
