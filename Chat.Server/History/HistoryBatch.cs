using Chat.Server.Persistence.Entries;

namespace Chat.Server.History;

/// <summary>Entries of a history that are stored in one transaction.</summary>
/// <param name="Track">The conversation.</param>
/// <param name="Entries">In their order; at least one.</param>
/// <param name="End">Where the log is behind them.</param>
/// <param name="Level">What the deployment has to require for them; null: it does already.</param>
internal sealed record HistoryBatch(
    HistoryTrack Track, IReadOnlyList<HistoryEntry> Entries, ShownLinks End, int? Level);
