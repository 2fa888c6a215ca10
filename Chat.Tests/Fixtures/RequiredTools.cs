namespace Chat.Tests.Fixtures;

/// <summary>Programs that tests start. Where one is missing its tests are skipped and say so; with CHAT_REQUIRE_ALL=1
/// they fail instead.</summary>
internal static class RequiredTools
{
    private static readonly Lazy<string?> Postgres = new(FindPostgres);
    private static readonly Lazy<string?> Redis = new(() => FindOnPath("redis-server"));

    private static readonly Lazy<string?> NginxFound = new(() => FindService("nginx"));
    private static readonly Lazy<string?> PgBouncerFound = new(() => FindService("pgbouncer"));

    public static bool RequireAll => Environment.GetEnvironmentVariable("CHAT_REQUIRE_ALL") == "1";

    /// <summary>Why tests that need PostgreSQL cannot run here; null when they can, or when they must.</summary>
    public static string? PostgresSkipReason => RequireAll || Postgres.Value is not null ? null : PostgresMissing;

    /// <summary>The folder with initdb and pg_ctl.</summary>
    public static string PostgresFolder => Postgres.Value ?? throw new InvalidOperationException(PostgresMissing);

    /// <summary>Why tests that need Redis cannot run here; null when they can, or when they must.</summary>
    public static string? RedisSkipReason => RequireAll || Redis.Value is not null ? null : RedisMissing;

    /// <summary>The program redis-server.</summary>
    public static string RedisServer => Redis.Value ?? throw new InvalidOperationException(RedisMissing);

    private static string RedisMissing => "Redis is not installed: PATH has no redis-server";

    /// <summary>Why tests that need nginx cannot run here; null when they can, or when they must.</summary>
    public static string? NginxSkipReason => RequireAll || NginxFound.Value is not null ? null : NginxMissing;

    /// <summary>The program nginx.</summary>
    public static string Nginx => NginxFound.Value ?? throw new InvalidOperationException(NginxMissing);

    private static string NginxMissing => "nginx is not installed: it is neither on PATH nor in /usr/sbin";

    /// <summary>Why tests that need PgBouncer cannot run here; null when they can, or when they must.</summary>
    public static string? PgBouncerSkipReason =>
        PostgresSkipReason ?? (RequireAll || PgBouncerFound.Value is not null ? null : PgBouncerMissing);

    /// <summary>The program pgbouncer.</summary>
    public static string PgBouncer => PgBouncerFound.Value ?? throw new InvalidOperationException(PgBouncerMissing);

    private static string PgBouncerMissing => "PgBouncer is not installed: it is neither on PATH nor in /usr/sbin";

    private static string PostgresMissing =>
        "PostgreSQL is not installed: neither PG_BIN nor PATH nor /usr/lib/postgresql has initdb and pg_ctl";

    /// <summary>The full path of a program on PATH, or null.</summary>
    public static string? FindOnPath(string program) =>
        SearchPath().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static string? FindService(string program) =>
        FindOnPath(program) ?? (File.Exists($"/usr/sbin/{program}") ? $"/usr/sbin/{program}" : null);

    private static string? FindPostgres()
    {
        const string packages = "/usr/lib/postgresql";
        var packaged = Directory.Exists(packages)
            ? Directory.GetDirectories(packages)
                .OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var version) ? version : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];
        return new[] { Environment.GetEnvironmentVariable("PG_BIN") ?? "" }.Concat(SearchPath()).Concat(packaged)
            .FirstOrDefault(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb"))
                && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries);
}
