using Chat.Contracts.Commands;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Rights;
using Chat.Server.Safety.Reports.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>The open reports, for those who decide about them. To everybody else there are none.</summary>
/// <remarks>Users neither see nor close reports about themselves, so that they do not learn who has reported
/// them.</remarks>
internal sealed class ReportQueue(
    RightsLog rights, ReportStore store, ReportedEntries entries, ReportChanges changes, TimeProvider time)
{
    /// <summary>A page of them, the oldest first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="conversation">Where; null: in all of the tenant.</param>
    /// <param name="query">Which page; null for the first.</param>
    /// <param name="ct">Cancels waiting.</param>
    /// <exception cref="ChatException">The caller may not see them.</exception>
    public async Task<IReadOnlyList<OpenReport>> ListAsync(
        Caller caller, ConversationId? conversation, ReportsQuery? query, CancellationToken ct)
    {
        ChatException.ThrowIf(ReportRules.Check(query));
        await DemandAsync(caller, conversation, ct);
        var rows = await store.ListAsync(caller.Tenant, conversation, caller.IsApplication ? null : caller.Id,
            query?.After ?? 0, query?.Limit ?? ChatLimits.DefaultReportsPage, ct);
        var listed = new List<OpenReport>(rows.Count);
        foreach (var row in rows) listed.Add(await entries.ShowAsync(row, ct));
        await DemandAsync(caller, conversation, ct); // again: the caller may be no moderator any more
        return listed;
    }

    /// <summary>Closes one; where it is closed already, nothing changes.</summary>
    /// <exception cref="ChatException">There is none that the caller may see.</exception>
    /// <exception cref="Persistence.StoreException">It is not stored, or that is not known.</exception>
    public async Task CloseAsync(Caller caller, long id, ReportOutcome outcome, CancellationToken ct)
    {
        ChatException.ThrowIf(ReportRules.Check(outcome));
        var row = await store.FindAsync(caller.Tenant, id, ct);
        if (row is null || !await MaySeeAsync(caller, row, ct)) throw ChatException.Forbidden();
        var entry = AuditEntry.Of(caller, "report.close",
            $"{row.ConversationId} user:{row.UserId} {outcome.ToString().ToLowerInvariant()}");
        if (await store.CloseAsync(id, outcome, time.GetUtcNow(), entry, ct)) changes.Note(ReportChange.Of(row));
    }

    /// <summary>Whether the caller sees the reports of every conversation of the tenant.</summary>
    public static bool SeesAll(Caller caller) => caller.IsApplication || caller.Roles.HasFlag(CallerRoles.Moderator);

    private async Task DemandAsync(Caller caller, ConversationId? conversation, CancellationToken ct)
    {
        if (SeesAll(caller)) return;
        if (conversation is not { } where) throw new ChatException(ReportRules.NotOfAll());
        (await rights.FindAsync(caller, where, [], ct)).Actor.Demand(ConversationAct.SeeReports);
    }

    private async Task<bool> MaySeeAsync(Caller caller, ReportRow row, CancellationToken ct)
    {
        if (row.UserId == caller.Id && !caller.IsApplication) return false;
        if (SeesAll(caller)) return true;
        try
        {
            return (await rights.FindAsync(caller, row.ConversationId, [], ct)).Actor.May(ConversationAct.SeeReports);
        }
        // Whatever the reason: to this caller there is no such report.
        catch (ChatException e) when (e.Code is ChatErrorCode.Forbidden or ChatErrorCode.Banned)
        {
            return false;
        }
    }
}
