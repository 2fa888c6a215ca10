using Xunit.Abstractions;
using Xunit.Sdk;

namespace Chat.Tests.Web;

/// <summary>A measurement, not a test of the suite: there is one where CHAT_WEB_FIGURES=1, on a machine that has
/// nothing else to do.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Chat.Tests.Web." + nameof(WebFigureFactDiscoverer), "Chat.Tests.System")]
public sealed class WebFigureFactAttribute : FactAttribute
{
    public WebFigureFactAttribute() => Skip = Chromium.SkipReason;
}

public sealed class WebFigureFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact)
    {
        if (Environment.GetEnvironmentVariable("CHAT_WEB_FIGURES") != "1") yield break;
        yield return new XunitTestCase(messages, options.MethodDisplayOrDefault(),
            options.MethodDisplayOptionsOrDefault(), method);
    }
}
