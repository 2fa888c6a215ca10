using Chat.Contracts.Identifiers;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence;

/// <summary>Which database this server uses, as the configuration resolved it.</summary>
/// <param name="Kind">The provider.</param>
/// <param name="ConnectionString">In the provider's own (ADO.NET) form.</param>
internal sealed record DatabaseSettings(DatabaseKind Kind, string ConnectionString)
{
    /// <summary>Where the SQLite file is; null when there is none.</summary>
    public string? Folder => Kind == DatabaseKind.Sqlite
        && new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } file
            ? Path.GetDirectoryName(Path.GetFullPath(file))
            : null;

    /// <summary>The id as the database keeps it: for statements that EF Core takes as they are.</summary>
    public object KeyOf(ConversationId conversation) => Kind == DatabaseKind.Sqlite
        ? conversation.Value.ToByteArray(true)
        : conversation.Value;
}
