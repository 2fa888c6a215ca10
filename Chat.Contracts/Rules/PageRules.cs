using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>What positions and pages of a log must be.</summary>
public static class PageRules
{
    /// <summary>Entries in a page.</summary>
    public static readonly NumberRule Limit = new(ChatField.Limit, 1, ChatLimits.HistoryPage);

    /// <summary>The newest messages that a page skips.</summary>
    public static readonly NumberRule Offset = new(ChatField.Offset, 0, ChatLimits.Offset)
    {
        Words = static r =>
            $"{r.Field} must be a whole number from 0 to {r.Most}; beyond, give {ChatField.Before} or {ChatField.After}"
    };

    /// <summary>A page that ends before a sequence.</summary>
    public static readonly NumberRule Before = new(ChatField.Before, 0);

    /// <summary>A page that begins after a sequence.</summary>
    public static readonly NumberRule After = new(ChatField.After, 0);

    /// <summary>Where a join resumes.</summary>
    public static readonly NumberRule AfterSequence = new(ChatField.AfterSequence, 0);

    /// <summary>How far a user has read.</summary>
    public static readonly NumberRule Sequence = new(ChatField.Sequence, 0);

    /// <summary>The first message of a thread.</summary>
    public static readonly NumberRule Thread = new(ChatField.Thread, 1);

    /// <summary>The first entry that is marked as unread.</summary>
    public static readonly NumberRule FirstUnread = new(ChatField.Sequence, 1);

    /// <summary>Checks a query for history. Null when it is as allowed.</summary>
    /// <param name="query">Which page; null for the newest entries.</param>
    /// <param name="page">The page with its defaults, when null is returned.</param>
    public static RuleViolation? Check(HistoryQuery? query, out CheckedPage page)
    {
        page = new(query?.After, query?.Before ?? long.MaxValue, query?.Limit ?? ChatLimits.DefaultHistoryPage);
        if (query is null) return null;
        page = page with { View = query.View ?? HistoryView.Log, Thread = query.Thread ?? 0 };
        return CheckPositions(query.Before, query.After) ?? Limit.Check(query.Limit)
            ?? CheckView(query.View, query.Thread);
    }

    /// <summary>Checks which entries a page is to have. Null when it is as allowed.</summary>
    public static RuleViolation? CheckView(HistoryView? view, long? thread)
    {
        if (view is { } named && !Enum.IsDefined(named))
            return new(ChatField.View, $"{ChatField.View} must be log, main or thread");
        if (view != HistoryView.Thread)
            return thread is null ? null
                : new(ChatField.Thread, $"{ChatField.Thread} goes with the {ChatField.View} thread only");
        return thread is null
            ? new(ChatField.Thread, $"{ChatField.Thread} must say which thread")
            : Thread.Check(thread);
    }

    /// <summary>Checks the position of a page. Null when it is as allowed.</summary>
    public static RuleViolation? CheckPositions(long? before, long? after) => before is not null && after is not null
        ? new(ChatField.Before, $"give {ChatField.Before} or {ChatField.After}, not both")
        : Before.Check(before) ?? After.Check(after);

    /// <summary>Checks that a resuming join does not begin beyond the end of the log. Null when it is as
    /// allowed.</summary>
    public static RuleViolation? CheckResume(long? after, long head) => after > head
        ? new(ChatField.AfterSequence,
            $"{ChatField.AfterSequence} must be at most {head}, the conversation's newest sequence")
        : null;
}
