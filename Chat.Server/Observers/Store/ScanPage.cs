namespace Chat.Server.Observers.Store;

/// <summary>Rows of the log, by their numbers.</summary>
/// <param name="Entries">Ascending.</param>
/// <param name="IsCut">There may be more behind the last one.</param>
internal sealed record ScanPage(List<LoggedEntry> Entries, bool IsCut);
