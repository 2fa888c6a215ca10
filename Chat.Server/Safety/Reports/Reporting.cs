using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Server.Safety.Reports.Store;

namespace Chat.Server.Safety.Reports;

/// <summary>Users report messages and others to the moderators of a conversation. Nobody else is told.</summary>
internal sealed class Reporting(RightsLog rights, ReportStore store, ReportChanges changes, TimeProvider time)
{
    /// <summary>The same once more, while it is open, changes nothing.</summary>
    /// <exception cref="ChatException">It is not as allowed, or the caller may not see the conversation.</exception>
    /// <exception cref="StoreException">It is not stored, or that is not known.</exception>
    public async Task ReportAsync(
        Caller caller, ConversationId conversation, ReportContent? content, CancellationToken ct)
    {
        ChatException.ThrowIf(ReportRules.Check(content, caller.Id, out var reason));
        UserId[] named = content!.UserId is { } one && one != default ? [one] : [];
        var (roles, actor) = await rights.FindAsync(caller, conversation, named, ct);
        actor.Demand(ConversationAct.Report);
        (MessageId Id, UserId Sender)? message = null;
        if (content.Sequence is { } sequence)
        {
            message = await store.FindMessageAsync(conversation, sequence, ct)
                ?? throw new ChatException(ReportRules.NoMessage());
            if (message.Value.Sender == caller.Id) throw new ChatException(ReportRules.NotOneself());
            // The message was read after the check: the caller may have been removed since.
            await rights.FindAsync(caller, conversation, [], ct);
        }
        // Everybody takes part in a public one, whether it has noted the user or not.
        else if (roles.Kind != ConversationKind.Public && roles.Of(named[0]) is { Role: null, IsOut: false })
            throw new ChatException(ReportRules.NotThere());
        await StoreAsync(caller, new ReportRow
        {
            Tenant = caller.Tenant, ConversationId = conversation, Sequence = content.Sequence,
            MessageId = message?.Id, UserId = message?.Sender ?? named[0], ReporterId = caller.Id, Reason = reason,
            CreatedAt = Microseconds.Truncate(time.GetUtcNow()),
        }, ct);
    }

    private async Task StoreAsync(Caller caller, ReportRow row, CancellationToken ct)
    {
        var entry = AuditEntry.Of(caller, "report.create",
            $"{row.ConversationId} user:{row.UserId}{(row.Sequence is { } place ? $" {place}" : "")}");
        var outcome = await store.AddAsync(row, entry, ct);
        if (outcome == AddOutcome.TooMany) throw new ChatException(ReportRules.TooMany());
        if (outcome == AddOutcome.Stored) changes.Note(ReportChange.Of(row));
    }
}
