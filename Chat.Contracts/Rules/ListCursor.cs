using System.Globalization;
using Chat.Contracts.Identifiers;

namespace Chat.Contracts.Rules;

/// <summary>A place in a list of conversations, which is ordered by last activity, newest first, then by id,
/// largest first. Clients return its text unchanged.</summary>
/// <param name="ActiveAt">When the conversation at this place was last active; whole microseconds.</param>
/// <param name="Id">That conversation.</param>
public readonly record struct ListCursor(DateTimeOffset ActiveAt, ConversationId Id) : IComparable<ListCursor>
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out ListCursor cursor)
    {
        cursor = default;
        var parts = (text ?? "").Split('-', 2);
        if (parts.Length < 2 || !Guid.TryParseExact(parts[1], "N", out var id)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            || microseconds > (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
            return false;
        var activeAt = DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        cursor = new ListCursor(activeAt, new ConversationId(id));
        return true;
    }

    /// <summary>Less means less recently active, so later in the list.</summary>
    public int CompareTo(ListCursor other) =>
        ActiveAt != other.ActiveAt ? ActiveAt.CompareTo(other.ActiveAt) : Id.CompareTo(other.Id);

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(ActiveAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}-{Id.Value:N}");
}
