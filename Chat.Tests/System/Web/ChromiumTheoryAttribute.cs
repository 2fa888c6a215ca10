namespace Chat.Tests.Web;

/// <summary>A theory that needs Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => (Skip, Timeout) = (Chromium.SkipReason, Bounds.BrowserTestMilliseconds);
}
