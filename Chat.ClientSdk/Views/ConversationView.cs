using Chat.ClientSdk.Reading;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Views;

/// <summary>A conversation as a screen shows it, kept up to date: messages with edits and reactions, members, typing,
/// presence, read positions, and messages that are not sent yet. Created by
/// <see cref="ChatClient.OpenViewAsync"/>.</summary>
/// <remarks>
/// <para>All members are thread-safe. Events come one at a time, on the given context or on the thread pool. A round of
/// events reports the difference between the former and the current <see cref="Shown"/>, so a slow screen gets many
/// changes at once, and no queue grows.</para>
/// <para>To bind a list: on the context's thread, subscribe, fill the list from <see cref="Shown"/>, then do what
/// <see cref="MessageAdded"/>, <see cref="MessageChanged"/> and <see cref="MessageRemoved"/> say. To redraw everything:
/// use <c>State</c> of <see cref="Changed"/>.</para>
/// </remarks>
public sealed partial class ConversationView : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ConversationFeeds _feeds;
    private readonly ConversationViewOptions _options;
    private readonly IPendingMessages? _pending;
    private readonly ILogger _logger;
    private readonly FeedReader _reader;
    private readonly TypingUsers _typing;
    private readonly ReadMarker _marker;
    private readonly ViewDispatcher _events;
    private IPendingList? _waiting;
    private long _pendingChanges;
    private long _pendingTaken; // how many of them the state has
    private IDisposable? _observing;
    private ViewState _state;
    private Task _following = Task.CompletedTask;
    private int _limit;
    private int _disposed;

    internal ConversationView(
        ConversationId conversation, ConversationViewOptions options, ConversationFeeds feeds,
        IPendingMessages? pending, ILogger logger)
    {
        (_options, _feeds, _pending, _logger, _limit) = (options.Checked(), feeds, pending, logger,
            options.MaxMessages);
        _state = new ViewState(conversation);
        _reader = feeds.Open(conversation, after: null);
        _reader.Restarted = ReloadAsync;
        _typing = new TypingUsers(feeds.Time, options.TypingTimeout,
            () => Update(state => state with { Typing = _typing!.Current }));
        _marker = new ReadMarker(conversation, feeds.Calls, feeds.Time, _stop.Token);
        var context = new ViewContext(options.Context, feeds.Time, logger, _stop.Token);
        _events = new ViewDispatcher(context, () => State, RaiseChanges, _state);
    }

    /// <summary>Which conversation.</summary>
    public ConversationId ConversationId => _state.ConversationId;

    /// <summary>The current state.</summary>
    public ViewState State
    {
        get
        {
            if (Volatile.Read(ref _pendingTaken) != Volatile.Read(ref _pendingChanges)) TakePending();
            return Volatile.Read(ref _state);
        }
    }

    /// <summary>The state that the events have reported so far: the starting point on the context's thread. It may lag
    /// behind <see cref="State"/>.</summary>
    public ViewState Shown => _events.Shown;

    /// <summary>Loads older messages.</summary>
    /// <param name="count">Maximum number of messages. Default 50.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>How many were loaded: fewer when there are no more, or few among many other entries.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    /// <exception cref="ChatRefusedException">The user may no longer read the conversation.</exception>
    /// <exception cref="ChatConnectException">The connection was given up. Without a connection, and not given up, it
    /// waits.</exception>
    public async Task<int> LoadOlderAsync(int count = 50, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        await _loading.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            var before = State.Messages.Count;
            // First, so that new messages do not drop old ones meanwhile: the pages must adjoin.
            lock (_gate) _limit = Math.Max(_limit, before + count);
            await LoadAsync(count, either.Token).ConfigureAwait(false);
            return State.Messages.Count - before;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Stores that the user has read everything up to this message, and notifies the others.</summary>
    /// <remarks>The state has it at once. Only the newest position is sent to the server, at most once per second. The
    /// task completes when the server has it, and need not be awaited.</remarks>
    /// <param name="sequence">A sequence. Default null: the newest that the view has.</param>
    /// <param name="ct">Ends the wait; the position is still sent.</param>
    /// <exception cref="ChatRefusedException">The server refused.</exception>
    /// <exception cref="ObjectDisposedException">The view was disposed before the server had it.</exception>
    public Task MarkReadAsync(long? sequence = null, CancellationToken ct = default)
    {
        var position = Math.Min(sequence ?? long.MaxValue, State.Conversation.Last);
        if (position <= 0) return Task.CompletedTask;
        Update(
            state => Own is { } own
                ? state.WithReadPosition(own, position, own)
                : state.WithOwnReadPosition(position, null), aside: false);
        return _marker.MarkAsync(position).WaitAsync(ct);
    }

    /// <summary>Ends the view: no event begins after this. The conversation is left a little later, unless it has other
    /// readers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1) return;
        _events.Stop();
        await _stop.CancelAsync().ConfigureAwait(false);
        _waiting?.Dispose();
        _observing?.Dispose();
        _typing.Dispose();
        _reader.Dispose();
        await _following.ConfigureAwait(false);
    }

    /// <summary>Loads the newest messages, then follows the log.</summary>
    internal async Task OpenAsync(CancellationToken ct)
    {
        await _reader.StartAsync(ct).ConfigureAwait(false);
        // First: messages that are stored during the load are shown until their entries come.
        _waiting = _pending?.Open(ConversationId, OnPending);
        _reader.MoveTo(await LoadAsync(_options.Messages, ct).ConfigureAwait(false));
        TakePending();
        _events.Start();
        _observing = _reader.Feed.Observe(this);
        _following = Task.Run(FollowAsync, CancellationToken.None);
    }

    /// <summary>The log was put back: the messages are loaded again.</summary>
    private async Task ReloadAsync(long after)
    {
        await _loading.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            Update(state => state with
            {
                Conversation = ConversationState.Empty, Shown = [], DiscontinuityAfter = after,
            });
            _reader.MoveTo(await LoadAsync(_options.Messages, _stop.Token).ConfigureAwait(false));
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Pages backwards until there are this many more messages, or the log ends.</summary>
    /// <returns>The last entry of the first page; null when there is none.</returns>
    private async Task<ConversationEntry?> LoadAsync(int messages, CancellationToken ct)
    {
        ConversationEntry? last = null;
        for (int loaded = 0, page = 0; loaded < messages && page < MostPages && State.Conversation.First != 1; page++)
        {
            var query = new HistoryQuery
            {
                Before = State.Conversation.First is > 0 and var first ? first : null,
                Limit = Math.Min(messages - loaded, ChatLimits.HistoryPage)
            };
            var read = await _feeds.Calls.CallAsync(hub => hub.History(ConversationId, query), ct)
                .ConfigureAwait(false);
            if (read.Entries.Count == 0) break;
            if (page == 0) last = read.Entries[^1];
            loaded += read.Entries.Count(entry => entry is MessageEntry);
            Update(state => (Own is { } own ? state.WithOwnReactions(read.Entries, own) : state)
                .WithConversation(state.Conversation.Apply(read.Entries), Own), aside: false);
        }
        return last;
    }
}
