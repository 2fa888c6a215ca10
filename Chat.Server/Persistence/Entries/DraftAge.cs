using System.Buffers.Binary;

namespace Chat.Server.Persistence.Entries;

/// <summary>When drafts were made: a look-up of them in a long log ends at entries that are older.</summary>
internal static class DraftAge
{
    private static readonly TimeSpan ClockMargin = TimeSpan.FromMinutes(1);

    /// <summary>The ids tell when the drafts were made (UUID version 7), and an entry is not stored before. With ids
    /// of another kind: 1970, which is before any draft.</summary>
    public static DateTime NotStoredBefore(IReadOnlyList<Draft> drafts)
    {
        var oldest = long.MaxValue;
        foreach (var draft in drafts)
        {
            if (draft.Id.Value.Version != 7) return DateTime.UnixEpoch;
            oldest = Math.Min(oldest,
                (long)(BinaryPrimitives.ReadUInt64BigEndian(draft.Id.Value.ToByteArray(true)) >> 16));
        }
        var made = DateTimeOffset.FromUnixTimeMilliseconds(
            Math.Min(oldest, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        return made - DateTimeOffset.UnixEpoch < ClockMargin ? DateTime.UnixEpoch : (made - ClockMargin).UtcDateTime;
    }
}
