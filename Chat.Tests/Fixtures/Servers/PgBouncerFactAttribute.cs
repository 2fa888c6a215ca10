namespace Chat.Tests.Fixtures.Servers;

/// <summary>A fact that needs PgBouncer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PgBouncerFactAttribute : FactAttribute
{
    public PgBouncerFactAttribute() => Skip = RequiredTools.PgBouncerSkipReason;
}
