using System.Collections.Immutable;
using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging;

namespace Chat.ClientSdk.Reading;

/// <summary>The user's list of conversations, kept up to date: requested in every session, then changed by
/// pushes.</summary>
/// <remarks>Nothing is requested before the first handler is added. Handlers are called on another thread: one that
/// hangs blocks nothing, and gets the newest state of each conversation when it continues.</remarks>
internal sealed partial class ConversationList : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationId, ConversationSummary> _known = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly IChatLink _link;
    private readonly PatientCalls _calls;
    private readonly ILogger _logger;
    private readonly IDisposable _listening;
    private ImmutableArray<AsideLatest<ConversationId, ConversationListChange>> _handlers = [];
    private HashSet<ConversationId>? _meanwhile; // changes since the request of the list; null: none is under way
    private Task _following = Task.CompletedTask;

    public ConversationList(IChatLink link, TimeProvider time, ILogger logger)
    {
        (_link, _logger, _calls) = (link, logger, new PatientCalls(link, time));
        _listening = link.Listen(Receive);
    }

    /// <summary>Reports what is known, then every change.</summary>
    public IDisposable Add(Action<ConversationListChange> handler)
    {
        var registration = new Registration(this, handler);
        lock (_gate)
        {
            foreach (var (id, summary) in _known)
                registration.Aside.Add(id, new ConversationListChange(id, summary));
            _handlers = _handlers.Add(registration.Aside);
        }
        Resume();
        return registration;
    }

    /// <summary>Continues after the client gave up.</summary>
    public void Resume()
    {
        lock (_gate)
            if (_handlers.Length > 0 && _following.IsCompleted && !_stop.IsCancellationRequested)
                _following = Task.Run(FollowAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listening.Dispose();
        Task following;
        lock (_gate) following = _following;
        await following.ConfigureAwait(false);
    }

    private void Receive(Push push)
    {
        if (push is not Push.Listed { Change: var change }) return;
        lock (_gate)
        {
            _meanwhile?.Add(change.ConversationId);
            Apply_NeedsLock(change);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (true)
            {
                var session = await _link.SessionAsync(_stop.Token).ConfigureAwait(false);
                lock (_gate) _meanwhile = [];
                var listed = await ListPages.ReadAllAsync(
                    page => _calls.CallAsync(hub => hub.Conversations(page), _stop.Token)).ConfigureAwait(false);
                lock (_gate) Take_NeedsLock(listed);
                await session.WaitForEndAsync(_stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception ex) when (ex is ChatException or OperationCanceledException or ObjectDisposedException)
        {
            // NOTE: the client is disposed or gave up, which its state shows.
        }
    }

    /// <summary>Changes that were pushed while the list was on its way may be newer or older than the list.</summary>
    private void Take_NeedsLock(IReadOnlyCollection<ConversationSummary> listed)
    {
        var told = _meanwhile!;
        _meanwhile = null;
        var ids = listed.Select(summary => summary.Id).ToHashSet();
        foreach (var id in _known.Keys.Where(id => !ids.Contains(id) && !told.Contains(id)).ToList())
            Apply_NeedsLock(new ConversationListChange(id, null));
        foreach (var summary in listed)
            if (!told.Contains(summary.Id)
                || (_known.TryGetValue(summary.Id, out var known) && IsNewer(summary, known)))
                Apply_NeedsLock(new ConversationListChange(summary.Id, summary));
    }

    private void Apply_NeedsLock(ConversationListChange change)
    {
        if (change.Summary is { } summary)
        {
            if (_known.TryGetValue(change.ConversationId, out var known) && known == summary) return;
            _known[change.ConversationId] = summary;
        }
        else if (!_known.Remove(change.ConversationId)) return;
        foreach (var handler in _handlers) handler.Add(change.ConversationId, change);
    }

    private void Tell(Action<ConversationListChange> handler, ConversationListChange change)
    {
        try
        {
            handler(change);
        }
        catch (Exception ex) // any failure of the application
        {
            Log.HandlerFailed(_logger, ex);
        }
    }

    private static bool IsNewer(ConversationSummary one, ConversationSummary other) =>
        (one.LastSequence, one.LastReadSequence).CompareTo((other.LastSequence, other.LastReadSequence)) > 0;

    private sealed class Registration : IDisposable
    {
        private readonly ConversationList _owner;
        private volatile bool _disposed;

        public Registration(ConversationList owner, Action<ConversationListChange> handler)
        {
            _owner = owner;
            Aside = new(change =>
            {
                if (!_disposed) owner.Tell(handler, change);
            });
        }

        public AsideLatest<ConversationId, ConversationListChange> Aside { get; }

        public void Dispose()
        {
            _disposed = true;
            lock (_owner._gate) _owner._handlers = _owner._handlers.Remove(Aside);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7040, LogLevel.Error, "A handler of the list of conversations failed")]
        public static partial void HandlerFailed(ILogger logger, Exception exception);
    }
}
