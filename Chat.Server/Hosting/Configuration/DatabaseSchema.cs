using System.Text.RegularExpressions;
using Chat.Server.Configuration;
using Chat.Server.Persistence;

namespace Chat.Server.Hosting.Configuration;

/// <summary>Reads <c>Chat:Database:Schema</c>: where the tables are, on PostgreSQL.</summary>
internal static partial class DatabaseSchema
{
    public const string Rule = "1 to 40 characters of a-z, 0-9 and _, not beginning with a digit";

    /// <summary>PostgreSQL's own: what is there needs no name.</summary>
    private const string Public = "public";

    public static bool IsValid(string schema) => Allowed().IsMatch(schema);

    /// <param name="settings">The database. On SQLite there are no schemas, and the setting must be left out.</param>
    /// <param name="configuration">Where it is set.</param>
    /// <param name="unless">The schema where it is not; null: the role's default one.</param>
    /// <exception cref="ConfigurationException">It cannot be used.</exception>
    public static DatabaseSettings Apply(DatabaseSettings settings, IConfiguration configuration, string? unless)
    {
        var said = configuration[SettingName.DatabaseSchema] is { Length: > 0 } text ? text : null;
        if (said is not null && settings.Kind == DatabaseKind.Sqlite)
            throw new ConfigurationException($"{SettingName.DatabaseSchema} is for PostgreSQL: leave it out");
        if (said is not null && !IsValid(said))
            throw new ConfigurationException($"{SettingName.DatabaseSchema} must be {Rule}");
        var schema = said ?? unless;
        return settings.Kind == DatabaseKind.Postgres && schema is not (null or Public)
            ? settings.In(schema)
            : settings;
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]{0,39}\z")]
    private static partial Regex Allowed();
}
