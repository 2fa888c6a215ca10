namespace Chat.Server.Observers.Admin;

/// <param name="Owner">The instance that runs it; null: none does.</param>
/// <param name="Here">It is the one that was asked.</param>
/// <param name="Stalled">It fails with everything; null: another instance knows.</param>
/// <param name="EntriesBehind">Numbers between what was shown and the end of the log.</param>
/// <param name="SecondsBehind">Age of the first entry that was not shown; 0: there is none.</param>
/// <param name="ParkedCount">The conversations that it failed with.</param>
/// <param name="Parked">Some of them.</param>
internal sealed record ObserverBody(
    string Name, Guid? Owner, bool Here, bool? Stalled, long EntriesBehind, double SecondsBehind, int ParkedCount,
    List<ParkedBody> Parked);
