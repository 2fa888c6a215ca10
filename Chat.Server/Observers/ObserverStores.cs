using Chat.Server.Observers.Store;
using Chat.Server.Persistence;

namespace Chat.Server.Observers;

/// <summary>All that observers read and write.</summary>
internal sealed record ObserverStores(
    ObserverStore Leases, ParkedStore Parked, RewindStore Rewinds, IScanLog Log, IMessageStore Messages);
