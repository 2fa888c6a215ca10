namespace Chat.Tests.Fixtures;

/// <summary>A fact that needs a PostgreSQL server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = RequiredTools.PostgresSkipReason;
}
