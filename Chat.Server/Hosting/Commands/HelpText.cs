namespace Chat.Server.Hosting.Commands;

internal static class HelpText
{
    public const string Text =
        """
        Chat server

        Usage: Chat.Server [command] [--Name=value ...]

        Commands
          serve         Run the server (the default).
          migrate       Bring the database schema up to date and end.
          healthcheck   Exit 0 when the server on this machine answers /health/live, else 1.
          help          This text.
          version       The version.

        Settings
          Read from appsettings.json, then .env in the working directory, then environment variables,
          then the command line; the later wins. In variable names write __ for the colon: Chat__Server__ShutdownSeconds.
          In .env put values with spaces, # or $ in single quotes.

          PORT                          8080       Port to listen on, on every address.
          ASPNETCORE_URLS, --urls                  Addresses to listen on instead, for instance http://127.0.0.1:9000.

          ConnectionStrings:Chat                   Database: a postgres:// URL, an Npgsql string (Host=...) or a SQLite one (Data Source=...).
          DB_URL                                   Database, when the above is not set: postgres://user:password@host:port/name?sslmode=require
          DB_HOST                       localhost  PostgreSQL by parts, used when one of the five is set and no setting above.
          DB_PORT                       5432
          DB_USER                       postgres
          DB_PASSWORD                   postgres
          DB_NAME                       chat
                                                   None of these: the SQLite file chat.db in the content root (the working directory).

          Chat:Server:MigrateOnStart    true       Bring the schema up to date when the server starts.
          Chat:Server:ShutdownSeconds   10         Longest time a shutdown may take, 1 to 300.
          Chat:Server:ReadinessSeconds  2          Longest time the checks of /health/ready may take, 1 to 60.

          OTEL_EXPORTER_OTLP_ENDPOINT              Send metrics and traces there (the other OTEL_ variables hold too).
          OTEL_SERVICE_NAME             chat       Name of this service in them.
          Logging:LogLevel:Default      Information

        Addresses
          /hubs/chat  /api  /api/v1  /docs  /openapi/v1.json  /metrics  /health  /health/live  /health/ready

        """;
}
