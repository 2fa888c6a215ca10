using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>One conversation on the screen: what was missed, then what comes. It exists before there is a connection:
/// one can write at once.</summary>
internal sealed class Room(ChatClient chat, ConversationId id, UserId own, ICursorStore cursors, Transcript transcript,
    Action changed) : IAsyncDisposable
{
    private const int HistoryAtStart = 20;
    private const int MissedAtMost = 500;

    private readonly List<(long Sequence, TaskCompletionSource Reached)> _awaited = [];
    private ConversationView? _view;
    private long _from = long.MaxValue; // the messages that are on the screen
    private long _to;
    private long? _putBackTo;

    public ConversationId Id => id;

    /// <summary>What there is to show; null until it is open.</summary>
    public ViewState? State => _view?.Shown;

    /// <summary>What is not stored yet, or was refused.</summary>
    public IEnumerable<(string? Body, Exception? Failure)> Pending => State is { } state
        ? state.Pending.Concat(state.PendingChanges)
            .Select(message => (Text.Of(message.Body, message.Change), message.Failure))
        : chat.Pending.In(id).Select(message => (Text.Of(message.Body, message.Change), message.Failure));

    /// <summary>The newest message of one's own that is not deleted; null when none is loaded.</summary>
    public ViewMessage? LastOwn =>
        State?.Messages.LastOrDefault(message => message.SenderId == own && !message.IsDeleted);

    /// <summary>The loaded message of this sequence; null: there is none.</summary>
    public ViewMessage? Find(long sequence) =>
        State?.Messages.FirstOrDefault(message => message.Sequence == sequence);

    /// <summary>Writes the newest messages, at least those that were not seen yet, and follows. Waits for a
    /// connection.</summary>
    /// <exception cref="ChatRefusedException">The conversation may not be read.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        var options = new ConversationViewOptions
        {
            Messages = HistoryAtStart, Context = SynchronizationContext.Current
        };
        var view = await chat.OpenViewAsync(id, options, ct);
        try
        {
            var seen = await cursors.LoadAsync(id, ct);
            while (seen is { } last && view.State.Conversation.First > last + 1
                && view.State.Messages.Count < MissedAtMost)
                if (await view.LoadOlderAsync(100, ct) == 0) break;
            _view = view;
            ShowFirst(view.State, seen);
        }
        catch
        {
            await view.DisposeAsync();
            throw;
        }
        view.MessageChanged += (_, change) => OnMessageChanged(change.Message);
        view.PresenceChanged += (_, change) => OnPresenceChanged(change.Previous, change.State);
        view.Changed += (_, change) => Show(change.State);
        view.Ended += (_, change) =>
            transcript.Alarm(change.State.Failure is { } failure
                ? $"this conversation cannot be shown any more: {failure.Message}"
                : "you were removed from this conversation");
        Show(view.State); // whatever came between
    }

    /// <summary>Writes older messages.</summary>
    public async Task ShowOlderAsync(int count, CancellationToken ct)
    {
        if (_view is not { } view) throw new InvalidOperationException("not connected yet");
        await view.LoadOlderAsync(count, ct);
        List<ViewMessage> older = [.. view.State.Messages.Where(message => message.Sequence < _from).TakeLast(count)];
        transcript.Divide(older.Count == 0 ? "no older messages" : $"{older.Count} older");
        if (older.Count == 0) return;
        transcript.Messages(older);
        transcript.Divide("back to now");
        _from = older[0].Sequence;
    }

    /// <summary>Ends when everything that the conversation has now is on the screen.</summary>
    public async Task CaughtUpAsync(CancellationToken ct)
    {
        var page = await chat.HistoryAsync(id, new HistoryQuery { Limit = 1 }, ct);
        await ReachedAsync(page.Head, ct);
    }

    /// <summary>Ends when the entry with this sequence is on the screen.</summary>
    public Task ReachedAsync(long sequence, CancellationToken ct)
    {
        if (State is { } state && (state.IsEnded || state.Conversation.Last >= sequence)) return Task.CompletedTask;
        var reached = new TaskCompletionSource();
        _awaited.Add((sequence, reached));
        return reached.Task.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, reached) in _awaited) reached.TrySetResult();
        if (_view is not null) await _view.DisposeAsync();
    }

    private void ShowFirst(ViewState state, long? seen)
    {
        transcript.Divide(id == ConversationId.Lobby ? "lobby" : Text.OneLine(state.Title ?? $"{id}"));
        if (state.HasOlder) transcript.Remark("older messages: /history");
        var known = state.Messages.Where(message => seen is null || message.Sequence <= seen).ToList();
        transcript.Messages(known);
        if (known.Count < state.Messages.Count) transcript.Divide("new since your last visit");
        Append(state, state.Messages.Skip(known.Count));
        if (known.Count > 0) (_from, _to) = (known[0].Sequence, Math.Max(_to, known[^1].Sequence));
        _ = RememberAsync();
    }

    private void Show(ViewState state)
    {
        if (state.DiscontinuityAfter is { } after && after != _putBackTo)
        {
            transcript.Divide("the server lost messages: those that follow replace the newest above");
            (_putBackTo, _to) = (after, Math.Min(_to, after));
        }
        Append(state, state.Messages.SkipWhile(message => message.Sequence <= _to));
        changed();
    }

    private void Append(ViewState state, IEnumerable<ViewMessage> messages)
    {
        List<ViewMessage> added = [.. messages];
        if (added.Count > 0)
        {
            transcript.Messages(added);
            (_from, _to) = (Math.Min(_from, added[0].Sequence), added[^1].Sequence);
            _ = RememberAsync();
        }
        foreach (var (_, reached) in _awaited.Where(
            awaited => state.IsEnded || awaited.Sequence <= state.Conversation.Last)) reached.TrySetResult();
        _awaited.RemoveAll(awaited => awaited.Reached.Task.IsCompleted);
    }

    /// <summary>What is on the screen is read: here, and for the others.</summary>
    private async Task RememberAsync()
    {
        try
        {
            await cursors.SaveAsync(id, _to);
            await _view!.MarkReadAsync();
        }
        catch (Exception e) when (e is ChatException or IOException or OperationCanceledException
            or ObjectDisposedException)
        {
            // Then it is shown again next time, and told with the next message.
        }
    }

    private void OnMessageChanged(ViewMessage message)
    {
        if (message.Sequence < _from || message.Sequence > _to) return;
        transcript.Remark("changed:");
        transcript.Messages([message]);
    }

    private void OnPresenceChanged(ViewState previous, ViewState state)
    {
        if (previous.Presence.Count == 0) return; // the first answer: everybody was there already
        foreach (var (user, presence) in state.Presence)
            if (user != own
                && presence.Online != (previous.Presence.TryGetValue(user, out var before) && before.Online))
                transcript.Remark($"{transcript.Name(user)} {(presence.Online ? "is here" : "went away")}");
    }
}
