namespace Chat.Server.Observers;

/// <summary>That this instance runs an observer.</summary>
/// <param name="Epoch">What it writes the mark with.</param>
/// <param name="Mark">Where it goes on.</param>
internal sealed record Lease(long Epoch, long Mark)
{
    /// <summary>How long it holds, by the clock of the database.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    /// <summary>After a move the others wait so long: by then the instance that runs it has noticed.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(3);

    /// <summary>How often it is renewed at least.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);
}
