namespace Chat.Server.Observers.Store;

/// <summary>An observer as the database knows it.</summary>
/// <param name="Row">Its lease and its mark.</param>
/// <param name="IsLeased">An instance runs it.</param>
/// <param name="EntriesBehind">Numbers between the mark and the end of the log.</param>
/// <param name="Since">When the first entry behind the mark was stored; null: there is none.</param>
/// <param name="ParkedCount">The conversations that it failed with.</param>
/// <param name="Parked">Some of them, those first that are tried first.</param>
internal sealed record ObserverOverview(
    ObserverRow Row, bool IsLeased, long EntriesBehind, DateTimeOffset? Since, int ParkedCount,
    IReadOnlyList<Parked> Parked);
