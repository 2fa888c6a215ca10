using Chat.Contracts.Commands;

namespace Chat.Contracts.Rules;

/// <summary>Into which thread a message is put.</summary>
public static class ThreadRules
{
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
