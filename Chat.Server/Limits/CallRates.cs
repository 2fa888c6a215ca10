namespace Chat.Server.Limits;

/// <summary>How often one connection may do what. docs/operations.md lists it.</summary>
internal static class CallRates
{
    /// <summary>Kinds that a connection counts.</summary>
    public const int Kinds = (int)LimitKind.Unknown + 1;

    public static Rate Of(LimitKind kind) => kind switch
    {
        LimitKind.Sends => new Rate(PerSecond: 20, Burst: 60),
        // A client that connects again joins all that it had joined at once.
        LimitKind.Joins => new Rate(PerSecond: 50, Burst: 1_000),
        LimitKind.Typing => new Rate(PerSecond: 5, Burst: 20),
        LimitKind.Reads => new Rate(PerSecond: 20, Burst: 60),
        LimitKind.Presence => new Rate(PerSecond: 5, Burst: 50),
        LimitKind.History => new Rate(PerSecond: 10, Burst: 50),
        // 50 pages are 5,000 conversations.
        LimitKind.Lists => new Rate(PerSecond: 2, Burst: 50),
        LimitKind.Changes => new Rate(PerSecond: 10, Burst: 100),
        LimitKind.Unknown => new Rate(PerSecond: 1, Burst: 60),
        LimitKind.Attempts => new Rate(PerSecond: 1, Burst: 10),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "has no pace"),
    };

    /// <summary>For refusals.</summary>
    public static string Words(LimitKind kind, Rate rate) => $"{What(kind)} come too fast: {rate.Words}";

    private static string What(LimitKind kind) => kind switch
    {
        LimitKind.Sends => "messages of this connection",
        LimitKind.Joins => "joins and leaves of this connection",
        LimitKind.Typing => "typing of this connection",
        LimitKind.Reads => "read positions of this connection",
        LimitKind.Presence => "questions for presence and names of this connection",
        LimitKind.History => "pages of history of this connection",
        LimitKind.Lists => "pages of the list of this connection",
        LimitKind.Changes => "changes of conversations of this connection",
        LimitKind.Unknown => "messages of this connection that are no commands",
        _ => "wrong keys and tokens of this address",
    };
}
