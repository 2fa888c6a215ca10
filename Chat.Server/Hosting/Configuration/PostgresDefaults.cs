namespace Chat.Server.Hosting.Configuration;

/// <summary>What chat-room documents for settings that are left out.</summary>
internal static class PostgresDefaults
{
    public const string Host = "localhost";
    public const int Port = 5432;
    public const string User = "postgres";
    public const string Password = "postgres";
    public const string Database = "chat";
}
