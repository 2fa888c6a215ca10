using Chat.Contracts.Rules;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Policies;

/// <summary>What a policy puts in place of what a user sent.</summary>
internal static class PolicyReplacement
{
    /// <summary>The draft with the new content; its place, its sender, its kind and its dedupe key stay.</summary>
    /// <exception cref="InvalidOperationException">It cannot be stored in place of the draft.</exception>
    public static Draft In(Draft draft, EntryDraft replacement)
    {
        var content = (PolicyDrafts.Of(draft), replacement) switch
        {
            (SendDraft from, SendDraft to) => Message(from, to),
            (EditDraft from, EditDraft to) => Edit(from, to),
            (var from, var to) when from.GetType() == to.GetType() => throw new InvalidOperationException(
                "a policy may replace messages and edits only"),
            (var from, var to) => throw new InvalidOperationException(
                $"a policy may not put a {to.GetType().Name} in place of a {from.GetType().Name}"),
        };
        return draft with { Content = content };
    }

    private static EntryContent Message(SendDraft from, SendDraft to)
    {
        Demand(to.Options.DedupeKey == from.Options.DedupeKey, "the dedupe key");
        Demand((to.Options.ReplyTo, to.Options.Thread, to.Options.AlsoInConversation)
            == (from.Options.ReplyTo, from.Options.Thread, from.Options.AlsoInConversation), "what a message answers");
        // Who may mention everyone was checked of what the user sent.
        Demand(to.Options.Mentions is not { Everyone: true } || from.Options.Mentions is { Everyone: true },
            "that nobody mentions everyone");
        Check(MessageRules.Check(to.Body, to.Options, out var message));
        return EntryContent.Message(message);
    }

    private static EntryContent Edit(EditDraft from, EditDraft to)
    {
        Demand(to.TargetSequence == from.TargetSequence, "the message");
        Demand(to.Content.DedupeKey == from.Content.DedupeKey, "the dedupe key");
        Demand(to.Content.IfVersion == from.Content.IfVersion, "the version");
        Demand(to.Content.Mentions is not { Everyone: true } || from.Content.Mentions is { Everyone: true },
            "that nobody mentions everyone");
        Check(AmendmentRules.Check(to.TargetSequence, to.Content, out var content));
        return EntryContent.MessageEdited(to.TargetSequence, content);
    }

    private static void Demand(bool isKept, string what)
    {
        if (!isKept) throw new InvalidOperationException($"a policy may not change {what}");
    }

    private static void Check(RuleViolation? violation)
    {
        if (violation is not null)
            throw new InvalidOperationException($"a policy put in what no user may send: {violation.ToText()}");
    }
}
