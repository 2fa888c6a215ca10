using System.Runtime.CompilerServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.History;
using Chat.Server.Observers;
using Chat.Server.Transfer;

namespace Chat.Server.Application;

/// <summary>What only the application does, in process and with a key. Each act is in the audit.</summary>
internal sealed class ApplicationDesk(
    HistoryImport history, UserExport export, ObserverRewinds observers, Admission admission, IAuditLog audit)
{
    /// <exception cref="ChatException">An entry is not as allowed, or the tenant is suspended.</exception>
    /// <exception cref="Persistence.StoreException">The database cannot be used.</exception>
    public async Task<ImportReport> ImportAsync(Tenant tenant, ConversationKind kind,
        IAsyncEnumerable<ConversationEntry> entries, AuditEntry entry, CancellationToken ct)
    {
        if (await admission.CheckAsync(tenant, ct) is { } refusal) throw new ChatException(refusal);
        var stored = new ImportReport();
        try
        {
            await history.RunAsync(tenant, kind, WhileServedAsync(tenant, entries, ct), stored, ct);
            return stored;
        }
        finally
        {
            // What was stored stays, however it ends.
            audit.Note(entry with { Act = "history.import", Target = $"{stored.Entries} entries" });
        }
    }

    /// <exception cref="Persistence.StoreException">The database cannot be read.</exception>
    /// <exception cref="IOException">The output takes no more.</exception>
    public Task ExportUserAsync(UserKey user, Stream output, AuditEntry entry, CancellationToken ct)
    {
        audit.Note(entry with { Act = "user.export", Target = user.Id.Value, Tenant = user.Tenant });
        return export.RunAsync(user, output, ct);
    }

    /// <returns>False: there is no such observer.</returns>
    /// <exception cref="Persistence.StoreException">The database is not available.</exception>
    public async Task<bool> RewindAsync(
        string observer, ChatStart to, ConversationId? only, AuditEntry entry, CancellationToken ct)
    {
        if (!await observers.RewindAsync(observer, to, only, ct)) return false;
        audit.Note(entry with { Act = "observer.rewind", Target = only is null ? observer : $"{observer} {only}" });
        return true;
    }

    /// <summary>An import may take hours, and the tenant may be suspended meanwhile.</summary>
    private async IAsyncEnumerable<ConversationEntry> WhileServedAsync(
        Tenant tenant, IAsyncEnumerable<ConversationEntry> entries, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var entry in entries.WithCancellation(ct))
        {
            if (await admission.CheckAsync(tenant, ct) is { } refusal) throw new ChatException(refusal);
            yield return entry;
        }
    }
}
