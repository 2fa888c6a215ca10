using System.Data.Common;
using Chat.Server.Persistence;

namespace Chat.Server.Tasks.Store;

/// <summary>Reads <see cref="TaskSql.ClaimedColumns"/>.</summary>
internal static class ClaimedRow
{
    public static ClaimedTask Read(DbDataReader reader) => new(
        reader.GetInt64(0),
        reader.GetValue(1) is Guid id ? id : new Guid(reader.GetFieldValue<byte[]>(1), true),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetFieldValue<byte[]>(4),
        Microseconds.FromUnix(reader.GetInt64(5)),
        reader.GetInt32(6),
        reader.GetInt32(7),
        reader.IsDBNull(8) ? null : Microseconds.FromUnix(reader.GetInt64(8)),
        reader.GetInt64(9),
        reader.IsDBNull(10) ? null : reader.GetString(10))
    {
        GroupKey = reader.IsDBNull(11) ? null : reader.GetString(11), Losses = reader.GetInt32(12),
    };
}
