using System.Globalization;
using System.Runtime;

namespace Chat.Tests.Embedding;

/// <summary>Tells how these tests run: once as all others, and once as applications do.</summary>
public sealed class RuntimeTests
{
    /// <summary>A variable with the culture that is meant to be there.</summary>
    public const string Expected = "CHAT_TESTS_CULTURE";

    [Fact]
    public void The_runtime_is_the_one_that_was_asked_for()
    {
        var culture = Environment.GetEnvironmentVariable(Expected) ?? "";
        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        Assert.Equal(culture == "tr-TR" ? "İ" : "I", "i".ToUpper(CultureInfo.CurrentCulture));
        Assert.Equal(culture.Length > 0, GCSettings.IsServerGC);
    }
}
