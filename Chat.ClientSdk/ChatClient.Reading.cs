using Chat.ClientSdk.Reading;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk;

public sealed partial class ChatClient
{
    private ConversationFeeds _feeds = null!; // made in the constructor
    private ConversationList _list = null!; // likewise

    /// <summary>What the outbox holds, for views; null while there is no outbox.</summary>
    internal IPendingMessages? PendingMessages { get; set; }

    /// <summary>The entries of a conversation: in order, each once, over reconnects, restarts of the server and changes
    /// of instance.</summary>
    /// <remarks>
    /// <para>It goes on until it is left or cancelled. When the user is removed from the conversation it ends after the
    /// entry that says so. A consumer may take its time: what it has not taken yet is not kept for it but read again
    /// from the server, page by page (<see cref="ReadingOptions"/>).</para>
    /// <para>One may enumerate what is returned several times, and several readers of one conversation share what is
    /// pushed. One connection can have joined 1,000 conversations (the server's default).</para>
    /// </remarks>
    /// <param name="conversationId">A conversation the user takes part in, or a public one.</param>
    /// <param name="after">The last sequence seen: what follows it comes first. 0: from the beginning. Null (default):
    /// only what comes from the moment at which the enumeration begins; where the conversation is being read already,
    /// from the newest entry that this client knows.</param>
    /// <param name="ct">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    /// <exception cref="ChatRefusedException">While enumerating: the conversation may not be read, or no longer (the
    /// user was removed while there was no connection, or while the reader was so far behind that it could not be shown
    /// everything up to that); or <paramref name="after"/> is beyond its end.</exception>
    /// <exception cref="ChatConnectException">While enumerating: the connection was given up. Without a connection, and
    /// not given up, it waits.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversationId, long? after = null, CancellationToken ct = default)
    {
        ThrowIfNegative(after, nameof(after));
        return EntryStreams.EntriesAsync(_feeds, conversationId, after, ct);
    }

    /// <summary>The entries of a conversation from where the store says, with the cursor saved behind the
    /// consumer.</summary>
    /// <remarks>The cursor of an entry is saved when the consumer comes back for the next one. So an entry that was
    /// being worked on when the app ended, and what the store had not made durable, is shown again: at least once, and
    /// in order. A consumer that breaks off has not come back for the next one either.</remarks>
    /// <param name="conversationId">A conversation the user takes part in, or a public one.</param>
    /// <param name="cursors">Where the cursor is kept: one store for one reader.</param>
    /// <param name="otherwise">Where to begin when the store has no cursor: as <c>after</c> of the other overload.
    /// Where null began is saved too.</param>
    /// <param name="ct">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="ReadAsync(ConversationId, long?, CancellationToken)" path="/exception" />
    public IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversationId, ICursorStore cursors, long? otherwise = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(cursors);
        ThrowIfNegative(otherwise, nameof(otherwise));
        return EntryStreams.EntriesAsync(_feeds, conversationId, cursors, otherwise, ct);
    }

    /// <summary>As <see cref="ReadAsync(ConversationId, long?, CancellationToken)"/>, with all the entries at once that
    /// there are: at least one, at most a page. The fastest way to read much.</summary>
    /// <inheritdoc cref="ReadAsync(ConversationId, long?, CancellationToken)" />
    public IAsyncEnumerable<IReadOnlyList<ConversationEntry>> ReadBatchesAsync(
        ConversationId conversationId, long? after = null, CancellationToken ct = default)
    {
        ThrowIfNegative(after, nameof(after));
        return EntryStreams.BatchesAsync(_feeds, conversationId, after, ct);
    }

    /// <summary>A conversation as a screen shows it, kept up to date until it is disposed.</summary>
    /// <remarks>It ends when the newest messages are loaded; without a connection it waits for one.</remarks>
    /// <param name="conversationId">A conversation the user takes part in, or a public one.</param>
    /// <param name="options">What is shown, and where events are raised; null for the defaults.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options are out of bounds.</exception>
    /// <exception cref="ChatRefusedException">The conversation may not be read.</exception>
    /// <exception cref="ChatConnectException">The connection was given up.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task<ConversationView> OpenViewAsync(
        ConversationId conversationId, ConversationViewOptions? options = null, CancellationToken ct = default)
    {
        options ??= new ConversationViewOptions();
        var view = new ConversationView(conversationId, options with { UserId = options.UserId ?? _options.UserId },
            _feeds, PendingMessages, _options.Logs.CreateLogger<ConversationView>());
        try
        {
            await view.OpenAsync(ct).ConfigureAwait(false);
            return view;
        }
        catch
        {
            await view.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Calls the handler with each of the user's conversations and the lobby, then with every change: one that
    /// is new to the user or left the list, and each whose newest entry, unread count, title or mute changed. Until
    /// what is returned is disposed.</summary>
    /// <remarks>Nobody needs to poll. A conversation is told of at most once a second, the newest state. Of one that is
    /// being read only what its entries do not show: mute, and being added. After a reconnect the whole list is asked
    /// for again, and what differs is told. A handler gets one call at a time, in order, on a thread of the pool, and
    /// holds up nobody; when more than 1,024 changes wait for it, it is told the newest of each conversation. What it
    /// throws is logged.</remarks>
    public IDisposable OnConversationChange(Action<ConversationListChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _list.Add(handler);
    }

    /// <summary>Calls the handler when the log of a conversation that is being read was put back to an earlier state,
    /// until what is returned is disposed.</summary>
    /// <remarks>It happens when the server's database was restored from a backup, or lost its newest entries in a
    /// failover. The handler is told before readers go on: they are given what follows the last entry that holds, at
    /// sequences that they have seen before. Views show the new state by themselves. What an app keeps of its own it
    /// drops and loads again. One call at a time per reader; a handler must not block. What it throws is
    /// logged.</remarks>
    public IDisposable OnDiscontinuity(Action<LogDiscontinuity> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _feeds.Discontinuities.Add(handler);
    }

    private static void ThrowIfNegative(long? sequence, string parameter)
    {
        if (sequence is { } value) ArgumentOutOfRangeException.ThrowIfNegative(value, parameter);
    }

    partial void AddReading()
    {
        _feeds = new ConversationFeeds(_link, _options.Reading, _options.TimeProvider,
            _options.Logs.CreateLogger<ConversationFeeds>());
        _parts.Add(_feeds);
        _list = new ConversationList(_link, _options.TimeProvider, _options.Logs.CreateLogger<ConversationList>());
        _parts.Add(_list);
    }
}
