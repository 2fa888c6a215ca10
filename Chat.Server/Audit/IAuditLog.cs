using Chat.Server.Persistence;

namespace Chat.Server.Audit;

/// <summary>What was done by whom, for good: entries are added, and deleted when they are old, and never
/// changed.</summary>
internal interface IAuditLog
{
    /// <summary>Adds it to the caller's transaction: it is stored when that is, or not at all.</summary>
    void Add(ChatDbContext transaction, AuditEntry entry);

    /// <summary>For what changes nothing in the database, or has happened already. Nobody waits for it. It is stored
    /// within a moment, or as soon as the database is back; where too many wait it is dropped and counted.</summary>
    void Note(AuditEntry entry);
}
