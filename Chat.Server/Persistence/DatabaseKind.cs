namespace Chat.Server.Persistence;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
}
