using System.Text.RegularExpressions;
using Chat.Contracts.Errors;

namespace Chat.Server.Policies;

/// <summary>What a policy decided.</summary>
public readonly partial struct ChatVerdict
{
    /// <summary>Characters of a refusal's text.</summary>
    public const int MaxText = 500;

    private ChatVerdict(VerdictKind kind, ChatError? refusal = null, EntryDraft? draft = null) =>
        (Kind, Refusal, Replacement) = (kind, refusal, draft);

    internal VerdictKind Kind { get; }

    internal ChatError? Refusal { get; }

    internal EntryDraft? Replacement { get; }

    /// <summary>Go on: the next policy is asked, and behind the last one the act is stored.</summary>
    public static ChatVerdict Allow => new(VerdictKind.Allow);

    /// <summary>Final: nothing is stored, no further policy is asked, the client hears <c>forbidden</c> and does not
    /// try again.</summary>
    /// <param name="text">What the user is told, at most <see cref="MaxText"/> characters.</param>
    /// <param name="reason">A word for programs (<see cref="ChatError.Reason"/>), of a-z, 0-9, <c>_</c>, <c>-</c> and
    /// <c>.</c>, at most 64 characters; or null.</param>
    /// <exception cref="ArgumentException">The text is empty or too long, or the reason is not as it must
    /// be.</exception>
    public static ChatVerdict Refuse(string text, string? reason = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.Length > MaxText)
            throw new ArgumentException($"the text has {text.Length} characters; at most {MaxText} are allowed",
                nameof(text));
        if (reason is not null && !Reason().IsMatch(reason))
            throw new ArgumentException("a reason has 1 to 64 characters of a-z, 0-9, _, - and .", nameof(reason));
        return new ChatVerdict(VerdictKind.Refuse, ChatError.WithReason(text, reason));
    }

    /// <summary>Store this in place of what the user sent. Further policies see it.</summary>
    /// <param name="draft">Of the same message or edit. What else than its content differs is a failure, and so is a
    /// draft that breaks the rules for what users send.</param>
    /// <exception cref="ArgumentNullException"><paramref name="draft"/> is null.</exception>
    public static ChatVerdict Replace(EntryDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return new ChatVerdict(VerdictKind.Replace, draft: draft);
    }

    [GeneratedRegex(@"\A[a-z0-9_.-]{1,64}\z")]
    private static partial Regex Reason();
}
