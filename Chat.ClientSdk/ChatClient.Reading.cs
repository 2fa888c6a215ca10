using System.Collections.Concurrent;
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
    private readonly ConcurrentDictionary<ICursorStore, bool> _cursorStores = new(); // that were read with

    /// <summary>What the outbox holds, for views; null while there is no outbox.</summary>
    internal IPendingMessages? PendingMessages { get; set; }

    /// <summary>The entries of a conversation, in order, each once, across reconnects, server restarts and changes of
    /// instance.</summary>
    /// <remarks>
    /// <para>It runs until it is left or cancelled. When the user is removed from the conversation, it ends after the
    /// entry of that removal. A consumer may be slow: entries that it has not taken are not queued for it, but read
    /// again from the server, page by page (<see cref="ReadingOptions"/>).</para>
    /// <para>The result can be enumerated several times, and several readers of one conversation share what is pushed.
    /// A connection can join 1,000 conversations (the server's default).</para>
    /// </remarks>
    /// <param name="conversationId">A conversation the user takes part in, or a public one.</param>
    /// <param name="after">The last sequence seen: the entries after it come first. 0: from the beginning. Null
    /// (default): only entries that come after the enumeration begins; where the conversation is being read already,
    /// from the newest entry that this client knows.</param>
    /// <param name="ct">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="after"/> is negative.</exception>
    /// <exception cref="ChatRefusedException">While enumerating: the user may not read the conversation, or no longer
    /// (the user was removed while there was no connection, or while the reader was so far behind that it could not be
    /// shown everything before the removal); or <paramref name="after"/> is beyond its end.</exception>
    /// <exception cref="ChatConnectException">While enumerating: the client gave up connecting. Until then it waits for
    /// a connection.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversationId, long? after = null, CancellationToken ct = default)
    {
        ThrowIfNegative(after, nameof(after));
        return EntryStreams.EntriesAsync(_feeds, conversationId, after, ct);
    }

    /// <summary>The entries of a conversation from the stored cursor on. The cursor is saved as the consumer
    /// proceeds.</summary>
    /// <remarks>The cursor of an entry is saved when the consumer asks for the next one. So an entry that was in work
    /// when the app ended, and cursors that the store had not made durable, are shown again: at least once, and in
    /// order. The same holds for a consumer that leaves the loop.</remarks>
    /// <param name="conversationId">A conversation the user takes part in, or a public one.</param>
    /// <param name="cursors">Where the cursor is kept: one store per reader.</param>
    /// <param name="otherwise">Where to begin when the store has no cursor, as <c>after</c> of the other overload. With
    /// null, the starting point is saved too.</param>
    /// <param name="ct">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="ReadAsync(ConversationId, long?, CancellationToken)" path="/exception" />
    public IAsyncEnumerable<ConversationEntry> ReadAsync(
        ConversationId conversationId, ICursorStore cursors, long? otherwise = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(cursors);
        ThrowIfNegative(otherwise, nameof(otherwise));
        _cursorStores[cursors] = true;
        return EntryStreams.EntriesAsync(_feeds, conversationId, cursors, OwnerAsync, otherwise, ct);
    }

    /// <summary>As <see cref="ReadAsync(ConversationId, long?, CancellationToken)"/>, in batches of all available
    /// entries: at least one, at most a page. The fastest way to read many entries.</summary>
    /// <inheritdoc cref="ReadAsync(ConversationId, long?, CancellationToken)" />
    public IAsyncEnumerable<IReadOnlyList<ConversationEntry>> ReadBatchesAsync(
        ConversationId conversationId, long? after = null, CancellationToken ct = default)
    {
        ThrowIfNegative(after, nameof(after));
        return EntryStreams.BatchesAsync(_feeds, conversationId, after, ct);
    }

    /// <summary>A conversation as a screen shows it, kept up to date until it is disposed.</summary>
    /// <remarks>The task completes when the newest messages are loaded; without a connection it waits for
    /// one.</remarks>
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

    /// <summary>Calls the handler with each of the user's conversations and the lobby, then with every change: a
    /// conversation that is new to the user or has left the list, or whose newest entry, unread count, title or mute
    /// changed. It ends when the result is disposed.</summary>
    /// <remarks>Polling is not needed. A conversation is reported at most once per second, with its newest state. For a
    /// conversation that is being read, only changes that its entries do not show are reported: mute, and being added.
    /// After a reconnect the whole list is read again, and the differences are reported. A handler gets one call at a
    /// time, in order, on a pool thread, and blocks nothing else; when more than 1,024 changes wait for it, it gets the
    /// newest one per conversation. Its exceptions are logged.</remarks>
    public IDisposable OnConversationChange(Action<ConversationListChange> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _list.Add(handler);
    }

    /// <summary>Calls the handler when the log of a conversation that is being read was put back to an earlier state,
    /// until the result is disposed.</summary>
    /// <remarks>It happens when the server's database was restored from a backup, or lost its newest entries in a
    /// failover. The handler is called before readers continue: they get the entries after the last one that is still
    /// valid, at sequences that they have seen before. Views show the new state without further code. An app drops and
    /// reloads its own copies. One call at a time per reader; a handler must not block. Its exceptions are
    /// logged.</remarks>
    public IDisposable OnDiscontinuity(Action<LogDiscontinuity> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _feeds.Discontinuities.Add(handler);
    }

    /// <summary>Whose the client is; where only a token says it, from the first connection on.</summary>
    private async ValueTask<string> OwnerAsync(CancellationToken ct)
    {
        if (!_options.Owner!.Name.IsCompleted) await _link.SessionAsync(ct).ConfigureAwait(false);
        return await _options.Owner.Name.ConfigureAwait(false);
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
