namespace Chat.Tests.Web;

/// <summary>A fact that needs Chromium.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => (Skip, Timeout) = (Chromium.SkipReason, Bounds.BrowserTestMilliseconds);
}
