using System.Diagnostics.Metrics;
using Chat.Contracts.Entries;
using Chat.Server.Core.MessageLog;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Backplane;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>All that can throw after a commit, as services that do.</summary>
internal static class TellingFaults
{
    public static readonly Dictionary<string, Action<IServiceCollection>> All = new()
    {
        ["who watches commits"] = services => services.AddSingleton<ICommitObserver, FaultyCommitObserver>(),
        ["who watches feeds"] = services => services.AddSingleton<IEntryObserver, FaultyEntryObserver>(),
        ["the way to other instances"] = services => services.AddSingleton<IBackplane, FaultyBackplane>(),
        ["the metrics"] = services => services.AddSingleton<ICommitObserver, FaultyMeter>(),
        ["the store"] = services => services.AddSingleton<IMessageStore>(provider =>
            new FaultyStore(ActivatorUtilities.CreateInstance<SqliteMessageStore>(provider))),
    };

    private static InvalidOperationException Fault() => new("a fault of a test");

    private sealed class FaultyCommitObserver : ICommitObserver
    {
        public void Committed(IReadOnlyList<ConversationEntry> entries) => throw Fault();
    }

    /// <summary>Fails for the first entry that it is shown, once.</summary>
    private sealed class FaultyEntryObserver : IEntryObserver
    {
        private int _calls;

        public void Observe(ConversationEntry entry)
        {
            if (Interlocked.Increment(ref _calls) == 1) throw Fault();
        }
    }

    private sealed class FaultyBackplane : IBackplane
    {
        public bool HasPeers => true;

        public string? Problem => null;

        public void Attach(IBackplaneReceiver receiver)
        {
        }

        public Task Subscribe(BackplaneChannel channel) => Task.CompletedTask;

        public void Unsubscribe(BackplaneChannel channel)
        {
        }

        public void Publish(BackplaneChannel channel, ReadOnlyMemory<byte> message) => throw Fault();
    }

    /// <summary>Listens to this host's meters only, and fails when a commit is counted.</summary>
    private sealed class FaultyMeter : ICommitObserver, IDisposable
    {
        private readonly MeterListener _listener = new();

        public FaultyMeter(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((instrument, _, _, _) =>
            {
                if (instrument.Name == "chat.entries.committed") throw Fault();
            });
            _listener.Start();
        }

        public void Committed(IReadOnlyList<ConversationEntry> entries)
        {
        }

        public void Dispose() => _listener.Dispose();
    }

    /// <summary>Stores, then fails.</summary>
    private sealed class FaultyStore(IMessageStore inner) : ForwardingStore(inner)
    {
        public override async Task<CommitOutcome[]> CommitAsync(
            IReadOnlyList<Draft> drafts, CommitMoment at, CancellationToken ct)
        {
            await base.CommitAsync(drafts, at, ct);
            throw Fault();
        }
    }
}
