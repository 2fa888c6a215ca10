using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures.Messages;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>A page that was taken somewhere in the middle of a run, held to the whole log at its end.</summary>
internal sealed record TakenPage(HistoryQuery Query, HistoryPage Page)
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem(WholeLog log)
    {
        var then = log.Entries.Take((int)Page.Head).ToList();
        var due = then.Where(IsAsked).Select(entry => entry.Sequence);
        due = Query.After is null ? due.TakeLast(Query.Limit!.Value) : due.Take(Query.Limit!.Value);
        if (!due.SequenceEqual(Page.Entries.Select(entry => entry.Sequence)))
            return $"{Query} at {Page.Head} has {string.Join(' ', Page.Entries.Select(entry => entry.Sequence))}";
        var gone = then.OfType<MessageDeletedEntry>().Select(deletion => deletion.TargetSequence).ToHashSet();
        return Page.Entries.Select(entry => Differs(entry, log.Entries[(int)entry.Sequence - 1])
                ?? (gone.Contains(MessageOf(entry)) && TextOf(entry) is not null ? $"{entry} was deleted" : null))
            .Append(Page.Current is null ? null : CurrentProblem(log, FoldedLog.Of(then)))
            .FirstOrDefault(problem => problem is not null);
    }

    private bool IsAsked(ConversationEntry entry) =>
        entry.Sequence > (Query.After ?? 0) && entry.Sequence < (Query.Before ?? long.MaxValue)
        && Query.View switch
        {
            HistoryView.Main => ShownRules.IsShown(entry),
            HistoryView.Thread => entry is MessageEntry message && message.Thread == Query.Thread,
            _ => true,
        };

    /// <summary>What was erased since may have been there then; else an entry never changes.</summary>
    private static string? Differs(ConversationEntry shown, ConversationEntry stored) =>
        shown.Id == stored.Id && shown.Kind == stored.Kind && shown.SenderId == stored.SenderId
            && (stored.Erased || TextOf(shown) == TextOf(stored))
            ? null
            : $"{shown.Sequence} was shown as {shown}, and is stored as {stored}";

    private static string? TextOf(ConversationEntry entry) =>
        entry is MessageEntry message ? message.Body : (entry as MessageEditedEntry)?.Body;

    private static long MessageOf(ConversationEntry entry) =>
        entry is MessageEditedEntry edit ? edit.TargetSequence : entry.Sequence;

    private string? CurrentProblem(WholeLog log, FoldedLog then)
    {
        var page = new FoldedLog(sequence => log.Entries[(int)sequence - 1] as MessageEntry);
        page.Add(Page);
        foreach (var (shown, right) in page.Messages.Select(one => (one, then[one.Sequence])))
        {
            var isErased = log.Entries[(int)shown.Sequence - 1].Erased; // then or since
            if (isErased ? shown.Changes != right.Changes : $"{shown}" != $"{right}")
                return $"at {Page.Head} it was shown as {shown}, and was {right}";
        }
        // What is behind the head, applied to what was shown, is what is there in the end.
        foreach (var entry in log.Entries.Skip((int)Page.Head)) page.Add(entry);
        var end = FoldedLog.Of(log.Entries);
        return page.Messages.Where(one => $"{one}" != $"{end[one.Sequence]}")
            .Select(one => $"the page of {Page.Head} became {one}, the log {end[one.Sequence]}").FirstOrDefault();
    }
}
