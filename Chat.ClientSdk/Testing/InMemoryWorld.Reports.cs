using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Reports to moderators. Nobody is a moderator of all conversations here.</summary>
internal sealed partial class InMemoryWorld
{
    private readonly List<OpenReport> _reports = []; // of which some are closed
    private readonly HashSet<long> _closed = [];

    private IEnumerable<OpenReport> Open => _reports.Where(one => !_closed.Contains(one.Id));

    public void Report(UserId user, ConversationId id, ReportContent? content)
    {
        InMemoryRules.ThrowIf(ReportRules.Check(content, user, out var reason));
        var conversation = Readable(user, id);
        Demand(user, conversation, ConversationAct.Report);
        var about = content!.Sequence is { } sequence
            ? conversation.MessageAt(sequence)?.SenderId ?? throw InMemoryRules.Refusal(ReportRules.NoMessage())
            : content.UserId!.Value;
        if (about == user) throw InMemoryRules.Refusal(ReportRules.NotOneself());
        if (content.Sequence is null && conversation.Kind != ConversationKind.Public
            && !conversation.Members.ContainsKey(about) && !conversation.Out.ContainsKey(about))
            throw InMemoryRules.Refusal(ReportRules.NotThere());
        var own = Open.Where(one => one.ReporterId == user).ToList();
        if (own.Exists(one => one.ConversationId == id && one.UserId == about && one.Sequence == content.Sequence))
            return;
        if (own.Count >= ChatLimits.ReportsPerUser) throw new ChatRefusedException(ReportRules.TooMany());
        _reports.Add(new OpenReport
        {
            Id = _reports.Count + 1, ConversationId = id, UserId = about, Sequence = content.Sequence, Reason = reason,
            ReporterId = user, CreatedAt = Now,
        });
        TellReports(conversation, about);
    }

    public IReadOnlyList<OpenReport> Reports(InMemoryConnection asking, ConversationId? id, ReportsQuery? query)
    {
        InMemoryRules.ThrowIf(ReportRules.Check(query));
        asking.WatchesReports = true;
        if (id is not { } where) throw new ChatRefusedException(ReportRules.NotOfAll());
        var conversation = Readable(asking.User, where);
        Demand(asking.User, conversation, ConversationAct.SeeReports);
        return
        [
            .. Open.Where(one => one.ConversationId == where && one.UserId != asking.User
                    && one.Id > (query?.After ?? 0))
                .Take(query?.Limit ?? ChatLimits.DefaultReportsPage).Select(one => Show(conversation, one)),
        ];
    }

    public void CloseReport(UserId user, long id, ReportOutcome outcome)
    {
        InMemoryRules.ThrowIf(ReportRules.Check(outcome));
        var report = _reports.Find(one => one.Id == id && one.UserId != user);
        if (report is null || Find(report.ConversationId) is not { } conversation
            || !RightsTable.Allow(ConversationAct.SeeReports, conversation.Kind, conversation.RoleOf(user, Now)))
            throw InMemoryRules.Forbidden();
        if (!_closed.Add(id)) return;
        TellReports(conversation, report.UserId);
    }

    private static OpenReport Show(InMemoryConversation conversation, OpenReport report)
    {
        var entry = report.Sequence is { } sequence
            ? conversation.Log.FirstOrDefault(one => one.Sequence == sequence)
            : null;
        return report with { Entry = EntryPreview.Of(entry, out var isCut), IsEntryCut = isCut };
    }

    private void TellReports(InMemoryConversation conversation, UserId about)
    {
        foreach (var connection in _connections)
            if (connection.WatchesReports && connection.User != about && RightsTable.Allow(
                ConversationAct.SeeReports, conversation.Kind, conversation.RoleOf(connection.User, Now)))
                connection.Push(new Push.Reports(new ReportsChange(conversation.Id)));
    }
}
