namespace Chat.Tests.Web;

/// <summary>A measurement: it runs where CHAT_WEB_FIGURES=1, on a machine that has nothing else to do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WebFigureFactAttribute : FactAttribute
{
    public WebFigureFactAttribute() => Skip = Environment.GetEnvironmentVariable("CHAT_WEB_FIGURES") == "1" ? Chromium.SkipReason : "a measurement: set CHAT_WEB_FIGURES=1";
}
