using Chat.Server.Persistence.Entries;

namespace Chat.Server.Observers.Store;

/// <summary>Makes a page of what was read.</summary>
internal static class ScanRows
{
    /// <param name="page">The entries.</param>
    /// <param name="ids">The numbers of their rows.</param>
    public static ScanPage ToPage(PageRead page, List<long> ids)
    {
        var entries = new List<LoggedEntry>(ids.Count);
        for (var i = 0; i < ids.Count; i++) entries.Add(new LoggedEntry(ids[i], page.Entries[i]));
        return new ScanPage(entries, page.IsFull || ids.Count == IScanLog.PageEntries);
    }
}
