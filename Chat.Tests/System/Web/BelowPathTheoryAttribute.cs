using Chat.Tests.Fixtures;

namespace Chat.Tests.Web;

/// <summary>A theory that needs Chromium and nginx.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BelowPathTheoryAttribute : TheoryAttribute
{
    public BelowPathTheoryAttribute() => Skip = Chromium.SkipReason ?? RequiredTools.NginxSkipReason;
}
