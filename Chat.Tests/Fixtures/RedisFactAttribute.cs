namespace Chat.Tests.Fixtures;

/// <summary>A fact that needs a Redis server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RequiredTools.RedisSkipReason;
}

/// <summary>A fact that needs a PostgreSQL and a Redis server.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresAndRedisFactAttribute : FactAttribute
{
    public PostgresAndRedisFactAttribute() => Skip = RequiredTools.PostgresSkipReason ?? RequiredTools.RedisSkipReason;
}
