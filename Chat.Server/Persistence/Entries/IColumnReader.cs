using System.Data.Common;

namespace Chat.Server.Persistence.Entries;

/// <summary>What the databases keep in different ways.</summary>
internal interface IColumnReader
{
    static abstract Guid ReadGuid(DbDataReader row, int column);

    static abstract DateTimeOffset ReadTime(DbDataReader row, int column);
}
