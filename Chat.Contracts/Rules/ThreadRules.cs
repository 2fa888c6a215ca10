using Chat.Contracts.Commands;
using Chat.Contracts.Protocol;

namespace Chat.Contracts.Rules;

/// <summary>Into which thread a message is put.</summary>
public static class ThreadRules
{
    /// <summary>Threads in a page.</summary>
    public static readonly NumberRule Limit = new(ChatField.Limit, 1, ChatLimits.ThreadsPage);

    /// <summary>Mentions in a page.</summary>
    public static readonly NumberRule MentionsLimit = new(ChatField.Limit, 1, ChatLimits.ListPage);

    /// <summary>Checks a question for threads. Null when it is as allowed.</summary>
    /// <param name="query">Which page; null for the first.</param>
    public static RuleViolation? Check(ThreadsQuery? query) =>
        PageRules.Before.Check(query?.Before) ?? Limit.Check(query?.Limit);

    /// <summary>Checks a question for mentions. Null when it is as allowed.</summary>
    /// <param name="query">Which page; null for the first.</param>
    /// <param name="after">The place after which it begins; null: from the beginning.</param>
    public static RuleViolation? Check(MentionsQuery? query, out ListCursor? after) =>
        ListRules.CheckCursor(query?.After, out after) ?? MentionsLimit.Check(query?.Limit);

    /// <summary>The refusal of a thread that there is not.</summary>
    public static RuleViolation NoSuchThread() =>
        new(ChatField.Thread, $"{ChatField.Thread} must name a message of the conversation");

    /// <summary>Checks what a message answers, and finds its thread: there are no threads in threads. Null when it is
    /// as allowed.</summary>
    /// <param name="options">The message; as <see cref="MessageRules"/> allow.</param>
    /// <param name="find">Finds a message of the same conversation; null when there is none before this one.</param>
    /// <param name="resolved">The message with the first message of its thread, when null is returned.</param>
    public static RuleViolation? Resolve(
        SendOptions options, Func<long, ThreadPlace?> find, out SendOptions resolved)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(find);
        resolved = options;
        ThreadPlace? answered = null, first = null;
        if (options.ReplyTo is { } replyTo && (answered = find(replyTo)) is null)
            return MessageRules.NoSuchMessage(ChatField.ReplyTo);
        if (options.Thread is { } named && (first = find(named)) is null)
            return MessageRules.NoSuchMessage(ChatField.Thread);
        var thread = first?.Root ?? answered?.Thread;
        if (thread != options.Thread || (thread is null && options.AlsoInConversation))
            resolved = options with
            {
                Thread = thread, AlsoInConversation = options.AlsoInConversation && thread is not null,
            };
        return null;
    }
}
