using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Chat.Server.Persistence.Configurations;

/// <summary>Columns are named after their properties: <c>LastSequence</c> is <c>last_sequence</c>.</summary>
internal static class ColumnNames
{
    public static void Set(IMutableEntityType row)
    {
        foreach (var property in row.GetProperties())
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
    }
}
