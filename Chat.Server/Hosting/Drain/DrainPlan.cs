namespace Chat.Server.Hosting.Drain;

/// <summary>When the connections are asked to go, so that they do not all arrive elsewhere at once, and few of them
/// hold up nothing.</summary>
/// <param name="Spread">Over how long they are asked, one after the other.</param>
/// <param name="Grace">How long one that was asked may stay. The last one's grace ends with the window.</param>
internal readonly record struct DrainPlan(TimeSpan Spread, TimeSpan Grace)
{
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ForEach = TimeSpan.FromMilliseconds(5);

    public static DrainPlan For(int connections, TimeSpan window)
    {
        var grace = window / 2 < LongestGrace ? window / 2 : LongestGrace;
        var wanted = ForEach * connections;
        return new DrainPlan(wanted < window - grace ? wanted : window - grace, grace);
    }

    /// <summary>When, after the beginning, the connection with this place in the order is asked.</summary>
    public TimeSpan SlotOf(int place, int connections) => Spread * place / connections;
}
