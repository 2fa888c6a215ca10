using Chat.Server.Audit.Store;

namespace Chat.Server.Audit;

/// <summary>Part of the audit, the newest first.</summary>
/// <param name="Entries">What was done.</param>
/// <param name="Before">Where the next page begins; null: there is none.</param>
internal sealed record AuditPage(IReadOnlyList<AuditRow> Entries, long? Before);
