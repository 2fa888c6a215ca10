using Chat.ClientSdk.Link;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Logging;
using Polly;

namespace Chat.ClientSdk.Sending;

/// <summary>Accepts messages and changes of messages, keeps them in the order of the calls, and sends each until there
/// is a receipt or a refusal.</summary>
/// <remarks>It owns the pending messages: only this class changes them, under one lock (see also
/// <c>Outbox.Accepting.cs</c>, <c>Outbox.Settling.cs</c> and <c>Outbox.Following.cs</c>). <see cref="PendingMessages"/>
/// shows them under the same lock. Each conversation with messages to send has a <see cref="SendLane"/>, and a
/// <see cref="StoreWriter"/> writes the store: both only report.</remarks>
internal sealed partial class Outbox : IAsyncDisposable
{
    private readonly Lock _gate = new(); // guards all fields below, and those of PendingMessage
    private readonly LinkedList<PendingMessage> _waiting = []; // for room, or until the store is loaded
    private readonly Dictionary<ConversationId, SendLane> _lanes = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger;
    private readonly ChatClientTelemetry _telemetry;
    private readonly StoreWriter? _writer;
    private readonly IDisposable _listening;
    private bool _isOpen;
    private bool _isDisposed;
    private Task<Exception?>? _opening; // completes with the failure
    private readonly OutboxRoom _room;
    private readonly UnderWay _underWay;
    private long _lastNumber;

    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public Outbox(IChatLink link, OutboxOptions options, TimeProvider time, ILogger logger,
        ChatClientTelemetry telemetry)
    {
        options.Validate();
        Pending = new PendingMessages(_gate, e => Log.ListenerFailed(logger, e));
        _room = new OutboxRoom(options, telemetry);
        _underWay = new UnderWay(options.LossesUntilSetAside);
        (Link, Options, Time, _logger, _telemetry) = (link, options, time, logger, telemetry);
        Retries = SendRetries.Create(options, time, (refusal, delay) => Log.TriedAgain(logger, refusal.Code, delay));
        _isOpen = options.Store is null;
        if (options.Store is { } store) _writer = new StoreWriter(store, this, logger);
        _listening = link.Listen(Receive);
    }

    public IChatLink Link { get; }

    /// <summary>Whose the messages are; completes when it is known.</summary>
    public required Task<string> Owner { get; init; }

    public OutboxOptions Options { get; }

    public TimeProvider Time { get; }

    public ResiliencePipeline Retries { get; }

    /// <summary>The messages that are not sent yet, to be shown.</summary>
    public PendingMessages Pending { get; }

    /// <summary>Sends the messages that the store has from earlier runs. Completes when the store is loaded; the first
    /// message loads it too.</summary>
    /// <exception cref="IOException">The store cannot be used.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        ClientDisposed.ThrowIf(_isDisposed);
        if (await BeginOpening().WaitAsync(ct).ConfigureAwait(false) is { } failure) throw NotUsable(failure);
    }

    /// <summary>Completes when every message accepted before this call is sent or has failed.</summary>
    public Task FlushAsync(CancellationToken ct) =>
        Task.WhenAll(All().Select(static message => AnswerAsync(message.Receipt))).WaitAsync(ct);

    /// <summary>Discards everything of the user, also what the store has from earlier runs.</summary>
    /// <exception cref="IOException">The store cannot be used.</exception>
    public async Task ClearAsync(CancellationToken ct)
    {
        if (Owner.IsCompleted) await OpenAsync(ct).ConfigureAwait(false); // else nothing is known to be the user's
        foreach (var message in All())
        {
            Fail(message, new ChatSignedOutException("The user has signed out."));
            Discard(message);
        }
        if (_writer is not null) await _writer.DrainAsync().WaitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Stops sending. Pending calls get an <see cref="ObjectDisposedException"/>; stored messages stay in the
    /// store.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            running = [_opening ?? Task.CompletedTask, .. _lanes.Values.Select(lane => lane.Running)];
        }
        _listening.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).WaitAsync(StoreWriter.EndBound, TimeProvider.System)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var message in All())
        {
            lock (_gate) message.GiveUpTimer?.Dispose();
            message.Fail(ClientDisposed.New());
        }
        lock (_gate) _room.Clear();
        if (_writer is not null) await _writer.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private Task<Exception?> BeginOpening()
    {
        lock (_gate)
        {
            if (_isOpen || _isDisposed) return Task.FromResult<Exception?>(null);
            return _opening ??= Task.Run(LoadAsync);
        }
    }

    private static IOException NotUsable(Exception failure) =>
        new($"The outbox's store cannot be used: {failure.Message}", failure);

    /// <summary>Gives the message its place.</summary>
    private void Admit_NeedsLock(PendingMessage message)
    {
        _room.Take(message);
        message.Stored = message.Stored with { Number = ++_lastNumber };
        if (_writer is null)
        {
            message.IsDurable = true;
            message.CompleteAccepted();
        }
        else
        {
            _writer.Add(message);
        }
        AddToLane_NeedsLock(message);
    }

    private void AddToLane_NeedsLock(PendingMessage message)
    {
        if (!_lanes.TryGetValue(message.Conversation, out var lane))
        {
            _lanes.Add(message.Conversation, lane = new SendLane(this, message.Conversation));
            lane.Start(_stop.Token);
        }
        message.Place = lane.Messages.AddLast(message);
        lane.Wake();
    }

    private void AdmitWaiting_NeedsLock()
    {
        while (_isOpen && _waiting.First is { Value: var message } && _room.Fits(message))
        {
            _waiting.RemoveFirst();
            Admit_NeedsLock(message);
        }
    }

    /// <summary>Completes with the failure, or null. A failure may be temporary, for instance when another process has
    /// the file open, so the next call tries again.</summary>
    private async Task<Exception?> LoadAsync()
    {
        try
        {
            var owner = await Owner.WaitAsync(_stop.Token).ConfigureAwait(false);
            var loaded = (await _writer!.LoadAsync(owner, _stop.Token).ConfigureAwait(false))
                .OrderBy(stored => stored.Number).Select(
                    stored => new PendingMessage(this, stored, isForgottenOnFailure: false)
                    {
                        IsDurable = true, MayBeStored = true
                    }).ToList();
            lock (_gate)
            {
                Pending.ShowFirst_NeedsLock(loaded);
                Link_NeedsLock(loaded);
                foreach (var message in loaded)
                {
                    _lastNumber = message.Number;
                    message.CompleteAccepted();
                    _room.Take(message);
                    AddToLane_NeedsLock(message);
                    StartGivingUp_NeedsLock(message);
                }
                _isOpen = true;
                AdmitWaiting_NeedsLock();
            }
            foreach (var message in loaded) Tell(message);
            if (loaded.Count > 0) Log.Loaded(_logger, loaded.Count);
            if (Options.Store is FileOutboxStore { DamagedBytes: > 0 and var damaged }) Log.Damaged(_logger, damaged);
            return null;
        }
        catch (Exception e) // any failure of a store: no message is accepted without it
        {
            Log.NotLoaded(_logger, e);
            FailWaiting(_stop.IsCancellationRequested ? ClientDisposed.New() : NotUsable(e));
            return e;
        }
    }

    private static Task AnswerAsync(
        Task<SendReceipt> receipt) => receipt.ContinueWith(static _ => { }, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
