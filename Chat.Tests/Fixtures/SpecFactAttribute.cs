using Xunit.Abstractions;
using Xunit.Sdk;

namespace Chat.Tests.Fixtures;

/// <summary>A fact of a specification. It is skipped in the classes whose server is missing here
/// (<see cref="RequiresPostgresAttribute"/>, <see cref="RequiresRedisAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Chat.Tests.Fixtures." + nameof(SpecFactDiscoverer), "Chat.Tests.Fixtures")]
public sealed class SpecFactAttribute : FactAttribute;

/// <summary>The specification runs on PostgreSQL in this class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;

/// <summary>The specification runs on Redis in this class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresRedisAttribute : Attribute;

public sealed class SpecFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact)
    {
        var display = options.MethodDisplayOrDefault();
        var displayOptions = options.MethodDisplayOptionsOrDefault();
        yield return SkipReason(method) is not null
            ? new SkippedTestCase(messages, display, displayOptions, method)
            : new XunitTestCase(messages, display, displayOptions, method);
    }

    private static string? SkipReason(ITestMethod method) =>
        (Has<RequiresPostgresAttribute>(method) ? RequiredTools.PostgresSkipReason : null)
        ?? (Has<RequiresRedisAttribute>(method) ? RequiredTools.RedisSkipReason : null);

    private static bool Has<T>(ITestMethod method) => method.TestClass.Class.GetCustomAttributes(typeof(T)).Any();

    private sealed class SkippedTestCase : XunitTestCase
    {
        [Obsolete("For deserialization only")]
        public SkippedTestCase() { }

        public SkippedTestCase(
            IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
            : base(messages, display, options, method) { }

        protected override string? GetSkipReason(IAttributeInfo factAttribute) => SkipReason(TestMethod);
    }
}
