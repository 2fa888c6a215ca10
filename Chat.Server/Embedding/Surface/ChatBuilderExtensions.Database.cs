using Chat.Server.Embedding;

namespace Microsoft.Extensions.DependencyInjection;

public static partial class ChatBuilderExtensions
{
    /// <summary>Stores on PostgreSQL, 14 or newer, in a schema of its own.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="connectionString">In Npgsql's form, or a <c>postgres://</c> URL. The chat has connections of its
    /// own.</param>
    /// <param name="schema">Where its tables are; made when it is missing. 1 to 40 of a-z, 0-9 and _.</param>
    public static IChatBuilder UsePostgres(this IChatBuilder chat, string connectionString, string schema = "chat")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return chat.UsePostgres(_ => connectionString, schema);
    }

    /// <summary>Stores on PostgreSQL, 14 or newer, in a schema of its own.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="connectionString">Finds it among the application's services, once, when the application
    /// starts.</param>
    /// <param name="schema">Where its tables are; made when it is missing. 1 to 40 of a-z, 0-9 and _.</param>
    public static IChatBuilder UsePostgres(
        this IChatBuilder chat, Func<IServiceProvider, string> connectionString, string schema = "chat")
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ChatBuilder.Of(chat).Setup.Database = EmbeddedDatabase.Postgres(connectionString, schema);
        return chat;
    }

    /// <summary>Stores in a SQLite file of its own; then the application runs as one instance.</summary>
    /// <param name="chat">The chat.</param>
    /// <param name="file">The file, which is made when it is missing. A relative path is one below the application's
    /// content root.</param>
    public static IChatBuilder UseSqlite(this IChatBuilder chat, string file)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ChatBuilder.Of(chat).Setup.Database = EmbeddedDatabase.Sqlite(file);
        return chat;
    }
}
