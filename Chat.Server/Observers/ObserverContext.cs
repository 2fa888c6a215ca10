using Chat.Server.Observers.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>What the sessions of all observers share.</summary>
/// <param name="Stores">The database.</param>
/// <param name="Reads">What they read together.</param>
/// <param name="Bell">Wakes them.</param>
/// <param name="Scopes">Each batch has a scope of its own.</param>
/// <param name="Metrics">What is counted.</param>
/// <param name="LogLost">Entries that were shown are no longer there: the log has another generation.</param>
/// <param name="Time">What is waited with, and whose time of day is the database's.</param>
/// <param name="Logger">The log.</param>
internal sealed record ObserverContext(
    ObserverStores Stores, ScanReads Reads, ObserverBell Bell, IServiceScopeFactory Scopes, ObserverMetrics Metrics,
    Func<CancellationToken, Task> LogLost, TimeProvider Time, ILogger Logger);
