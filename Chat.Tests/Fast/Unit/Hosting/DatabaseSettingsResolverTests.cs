using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class DatabaseSettingsResolverTests
{
    private const string Root = "/srv/chat";

    [Fact]
    public void Nothing_set_is_a_SQLite_file_in_the_content_root()
    {
        var settings = Resolve();
        Assert.Equal(DatabaseKind.Sqlite, settings.Kind);
        Assert.Equal(Path.Combine(Root, "chat.db"),
            new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource);
    }

    [Fact]
    public void Empty_settings_count_as_not_set() =>
        Assert.Equal(DatabaseKind.Sqlite,
            Resolve(("DB_URL", ""), ("DB_HOST", " "), ("ConnectionStrings:Chat", "")).Kind);

    [Theory]
    [InlineData("Server=tcp:db.example.com,1433;Database=chat;User Id=sa;Password=x")]
    [InlineData(@"Server=.\SQLEXPRESS;Database=chat;User Id=sa;Password=x")]
    [InlineData("Server=db;Database=chat;Trusted_Connection=True")]
    [InlineData("Data Source=db;Initial Catalog=chat;Integrated Security=true")]
    [InlineData("Server=db;Database=chat;User Id=sa;Password=x;Encrypt=True")]
    public void SQL_Server_is_refused_by_name(string connectionString)
    {
        var refused = Assert.Throws<ConfigurationException>(
            () => Resolve(("ConnectionStrings:Chat", connectionString)));
        Assert.Equal(
            "ConnectionStrings:Chat is one of SQL Server, which is not supported: use PostgreSQL or SQLite",
            refused.Message);
    }

    [Theory]
    [InlineData("DB_HOST", "db")]
    [InlineData("DB_PORT", "5432")]
    [InlineData("DB_NAME", "chat")]
    public void Any_of_the_parts_means_PostgreSQL_with_the_documented_defaults(string name, string value)
    {
        var connection = Postgres((name, value));
        Assert.Equal(name == "DB_HOST" ? "db" : "localhost", connection.Host);
        Assert.Equal(5432, connection.Port);
        Assert.Equal("postgres", connection.Username);
        Assert.Equal("postgres", connection.Password);
        Assert.Equal("chat", connection.Database);
    }

    [Fact]
    public void The_connection_string_comes_before_the_URL_and_the_URL_before_the_parts()
    {
        Assert.Equal("b", Postgres(("DB_URL", "postgres://b/x"), ("DB_HOST", "c")).Host);
        Assert.Equal("a", Postgres(("ConnectionStrings:Chat", "Host=a"), ("DB_URL", "postgres://b/x")).Host);
        Assert.Equal("a", Postgres(("ConnectionStrings:Chat", "postgres://a/x"), ("DB_URL", "postgres://b/x")).Host);
        Assert.Equal(DatabaseKind.Sqlite,
            Resolve(("ConnectionStrings:Chat", "Data Source=x.db"), ("DB_URL", "postgres://b/x")).Kind);
    }

    [Theory]
    [InlineData("postgres://u:p@h:5433/d", "h", 5433, "u", "p", "d")]
    [InlineData("postgresql://u:p@h/d", "h", 5432, "u", "p", "d")]
    [InlineData("postgresql+asyncpg://u:p@h/d", "h", 5432, "u", "p", "d")]
    [InlineData("postgres+pgx://u:p@my_db:6000/d", "my_db", 6000, "u", "p", "d")]
    [InlineData("postgres://u%40x:p%3A%2F%25%40;'@h/d%20e", "h", 5432, "u@x", "p:/%@;'", "d e")]
    [InlineData("postgres://u:p@ss@h/d", "h", 5432, "u", "p@ss", "d")]
    [InlineData("postgres://u:p@[2001:db8::1]:5433/d", "2001:db8::1", 5433, "u", "p", "d")]
    [InlineData("postgres://u:p@[::1]/d", "::1", 5432, "u", "p", "d")]
    [InlineData("postgres://h", "h", 5432, "postgres", null, "chat")]
    [InlineData("postgres:///d?host=/var/run/postgresql&user=me", "/var/run/postgresql", 5432, "me", null, "d")]
    public void A_URL_is_read_as_its_users_write_it(
        string url, string host, int port, string user, string? password, string database)
    {
        var connection = Postgres(("DB_URL", url));
        Assert.Equal((host, port, user, password, database),
            (connection.Host, connection.Port, connection.Username, connection.Password, connection.Database));
    }

    [Theory]
    [InlineData("sslmode=disable", SslMode.Disable)]
    [InlineData("sslmode=require", SslMode.Require)]
    [InlineData("ssl=verify-full", SslMode.VerifyFull)]
    public void The_ssl_mode_is_honoured(string query, SslMode expected) =>
        Assert.Equal(expected, Postgres(("DB_URL", $"postgres://h/d?{query}")).SslMode);

    [Fact]
    public void Other_parameters_are_honoured()
    {
        var connection = Postgres(
            ("DB_URL",
                "postgres://h/d?connect_timeout=7&application_name=a%20b&pool_max_conns=9"
                    + "&channel_binding=require&sslrootcert=/ca.pem"));
        Assert.Equal((7, "a b", 9), (connection.Timeout, connection.ApplicationName, connection.MaxPoolSize));
        Assert.Equal((ChannelBinding.Require, "/ca.pem"), (connection.ChannelBinding, connection.RootCertificate));
    }

    [Theory]
    [InlineData("DB_PORT", "0", "DB_PORT must be a number from 1 to 65535")]
    [InlineData("DB_PORT", "5432x", "DB_PORT must be a number from 1 to 65535")]
    [InlineData("DB_URL", "mysql://u:hunter2@h/d", "DB_URL must start with postgres://")]
    [InlineData("DB_URL", "hunter2", "DB_URL must start with postgres://")]
    [InlineData("DB_URL", "postgres+psycopg2://u:hunter2@h/d", "with or without +asyncpg or +pgx")]
    [InlineData("DB_URL", "postgres://u:hunter2@h:123456/d", "the port in DB_URL must be a number")]
    [InlineData("DB_URL", "postgres://u:hunter2@[::1/d", "IPv6")]
    [InlineData("DB_URL", "postgres://u:hunter2@a,b/d", "one host")]
    [InlineData("DB_URL", "postgres://u:hunter2%zz@h/d", "%25")]
    [InlineData("DB_URL", "postgres://u:hunter2@h/d?sslmode=on", "sslmode in DB_URL must be one of disable, allow")]
    [InlineData("DB_URL", "postgres://u:hunter2@h/d?sslmoed=require", "the parameter sslmoed, which is not known")]
    [InlineData("DB_URL", "postgres://u:hunter2@h/d?connect_timeout=-1",
        "connect_timeout in DB_URL must be a number from 0")]
    [InlineData("ConnectionStrings:Chat", "Host=h;Password=hunter2;Sll=true", "not allowed: sll")]
    [InlineData("ConnectionStrings:Chat", "Host=h;Password=hunter2;Port=abc", "not allowed: port")]
    [InlineData("ConnectionStrings:Chat", "Server=h;Password=hunter2;SSL Mode=hunter2", "not allowed: ssl mode")]
    [InlineData("ConnectionStrings:Chat", "Password=hunter2", "must be a postgres:// URL")]
    [InlineData("ConnectionStrings:Chat", "hunter2", "must be a postgres:// URL")]
    [InlineData("ConnectionStrings:Chat", "Data Source=x;Mood=hunter2", "not allowed: mood")]
    public void Unusable_settings_are_named_without_their_secrets(string name, string value, string expected)
    {
        var problem = Assert.Single(Assert.Throws<ConfigurationException>(() => Resolve((name, value))).Problems);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.StartsWith(problem.StartsWith("the port in ", StringComparison.Ordinal)
            ? "the port in " + name
            : problem[..problem.IndexOf(name, StringComparison.Ordinal)] + name, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_description_shows_neither_user_nor_password()
    {
        Assert.Equal("PostgreSQL h:5433/d",
            DatabaseSettingsResolver.Describe(Resolve(("DB_URL", "postgres://me:hunter2@h:5433/d"))));
        Assert.Equal("SQLite x.db",
            DatabaseSettingsResolver.Describe(
                Resolve(("ConnectionStrings:Chat", "Data Source=x.db;Password=hunter2"))));
    }

    private static DatabaseSettings Resolve(
        params (string Name, string Value)[] settings) => DatabaseSettingsResolver.Resolve(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Name, s => (string?)s.Value))
            .Build(), Root);

    private static NpgsqlConnectionStringBuilder Postgres(params (string Name, string Value)[] settings)
    {
        var resolved = Resolve(settings);
        Assert.Equal(DatabaseKind.Postgres, resolved.Kind);
        return new NpgsqlConnectionStringBuilder(resolved.ConnectionString);
    }
}
