using System.Collections;
using System.Globalization;
using System.Reflection;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Rows;
using Chat.Server.Revocations.Store;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;
using Microsoft.EntityFrameworkCore;

namespace Chat.Tests.Fixtures;

/// <summary>The tables that an import must bring back, as text, whichever database it is.</summary>
internal static class TableDump
{
    public static async Task<List<string>> OfAsync(StoreHost stores)
    {
        await using var db = await stores.CreateContextAsync();
        List<string> rows =
        [
            .. await RowsAsync<ConversationRow>(db, "ListedAt", "LastShownSequence", "LastShownAt"),
            .. (await db.Conversations.AsNoTracking().ToListAsync()).Select(ShownOf).Order(StringComparer.Ordinal),
            .. await RowsAsync<ParticipantRow>(db),
            .. await RowsAsync<MessageRow>(db, "Id"), .. await RowsAsync<MessageStateRow>(db, IsSaid),
            .. await RowsAsync<ReactionRow>(db), .. await RowsAsync<ThreadRow>(db), .. await RowsAsync<MentionRow>(db),
            .. await RowsAsync<ThreadFollowRow>(db), .. await RowsAsync<UserRow>(db), .. await RowsAsync<BlockRow>(db),
            .. await RowsAsync<TenantRow>(db), .. await RowsAsync<RevocationRow>(db, "Number"),
            .. await RowsAsync<ReportRow>(db, "Number"),
        ];
        return rows;
    }

    private static Task<IEnumerable<string>> RowsAsync<T>(ChatDbContext db, params string[] but) where T : class =>
        RowsAsync<T>(db, _ => true, but);

    /// <summary>0 says that the newest entry is shown.</summary>
    private static string ShownOf(ConversationRow row) => row.LastShownSequence == 0
        ? $"{row.Id} shows {row.LastSequence} of {row.LastEntryAt:O}"
        : $"{row.Id} shows {row.LastShownSequence} of {row.LastShownAt:O}";

    /// <summary>A row that says nothing may be there or not.</summary>
    private static bool IsSaid(MessageStateRow row) => row.Version != row.Sequence || row.IsDeleted
        || row.PinSequence is not null || row.ReactionsSequence is not null || row.UntoldSince is not null;

    /// <param name="db">Where.</param>
    /// <param name="counts">The rows that are looked at.</param>
    /// <param name="but">Columns that an import fills with values of its own.</param>
    private static async Task<IEnumerable<string>> RowsAsync<T>(
        ChatDbContext db, Func<T, bool> counts, params string[] but) where T : class
    {
        var properties = typeof(T).GetProperties().Where(property => !but.Contains(property.Name)).ToList();
        return (await db.Set<T>().AsNoTracking().ToListAsync()).Where(counts).Select(row => $"{typeof(T).Name} "
            + string.Join(", ", properties.Select(property => $"{property.Name}: {TextOf(property, row)}")))
            .Order(StringComparer.Ordinal);
    }

    private static string? TextOf(PropertyInfo property, object row) => property.GetValue(row) switch
    {
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable some => string.Join('|', some.Cast<object>()),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture),
    };
}
