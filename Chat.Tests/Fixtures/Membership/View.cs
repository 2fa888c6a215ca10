namespace Chat.Tests.Fixtures.Membership;

/// <summary>All that one connection asked about one conversation and was told of it, in the order of the
/// wire.</summary>
/// <param name="User">Whose connection it is.</param>
/// <param name="AnswersFirst">True on raw sockets: an answer comes before the entries that follow from the call. On the
/// hub they may come before it.</param>
/// <param name="Calls">Joins and leaves, in the order in which they were made.</param>
/// <param name="Told">What happened.</param>
internal sealed record View(string User, bool AnswersFirst, IReadOnlyList<Call> Calls, IReadOnlyList<Told> Told);

/// <summary>A join or a leave.</summary>
/// <param name="IsJoin">A join; otherwise a leave.</param>
/// <param name="After">Where a join resumes; null: from now on, or where it stands.</param>
internal sealed record Call(bool IsJoin, long? After = null)
{
    /// <summary>Null while there is none.</summary>
    public Answer? Answer { get; set; }
}

/// <summary>What a call was answered.</summary>
/// <param name="Refusal">Null: it was done.</param>
/// <param name="After">Of a join: the first entry shown is the one after it.</param>
/// <param name="Head">Of a join: the newest entry when it was made.</param>
internal sealed record Answer(string? Refusal, long After = 0, long Head = 0);

/// <summary>One thing on the wire.</summary>
/// <param name="Kind">What.</param>
/// <param name="Call">Which of the calls, for what concerns one.</param>
/// <param name="Sequence">Of an entry.</param>
/// <param name="Text">Of an entry: sender and text.</param>
internal sealed record Told(ToldKind Kind, int Call = -1, long Sequence = 0, string? Text = null);

internal enum ToldKind
{
    /// <summary>A call is about to be sent.</summary>
    Asked,

    /// <summary>A call was answered.</summary>
    Answered,

    Entry,

    /// <summary>A raw socket is told that it sees no more: it left, or its user was removed.</summary>
    Left,

    /// <summary>The user was removed.</summary>
    Closed,
}
