namespace Chat.Tests.Fixtures.Servers;

/// <summary>A fact that needs nginx.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute() => Skip = RequiredTools.NginxSkipReason;
}
