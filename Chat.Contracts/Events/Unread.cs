namespace Chat.Contracts.Events;

/// <summary>The messages of the main stream that a user has not read: those behind the user's position that somebody
/// else sent and that have content.</summary>
/// <param name="Count">How many. Exact when <paramref name="More"/> is false, else at least so many; at most
/// 99.</param>
/// <param name="More">True when there are more than 99, or when more entries lie behind the position than are looked
/// at: there may be more than <paramref name="Count"/>.</param>
public sealed record Unread(int Count, bool More)
{
    /// <summary>Nothing is unread.</summary>
    public static readonly Unread None = new(0, false);
}
