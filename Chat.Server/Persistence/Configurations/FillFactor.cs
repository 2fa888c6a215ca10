using Microsoft.EntityFrameworkCore.Metadata;

namespace Chat.Server.Persistence.Configurations;

/// <summary>How full PostgreSQL makes the pages of a table. With room left in its page it changes a row in place,
/// without touching an index: for rows that are changed over and over.</summary>
internal static class FillFactor
{
    public static void Set(IMutableEntityType row, int percent) =>
        row.SetAnnotation("Npgsql:StorageParameter:fillfactor", percent);
}
