using Xunit.Abstractions;
using Xunit.Sdk;

namespace Chat.Tests.Fixtures;

/// <summary>A fact of a specification. It is skipped in the classes whose database is missing here (<see cref="RequiresPostgresAttribute"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Chat.Tests.Fixtures." + nameof(SpecFactDiscoverer), "Chat.Tests")]
public sealed class SpecFactAttribute : FactAttribute;

/// <summary>The specification runs on PostgreSQL in this class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresPostgresAttribute : Attribute;

public sealed class SpecFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions options, ITestMethod method, IAttributeInfo fact)
    {
        var display = options.MethodDisplayOrDefault();
        var displayOptions = options.MethodDisplayOptionsOrDefault();
        var needsPostgres = method.TestClass.Class.GetCustomAttributes(typeof(RequiresPostgresAttribute)).Any();
        yield return needsPostgres && RequiredTools.PostgresSkipReason is not null
            ? new SkippedTestCase(messages, display, displayOptions, method)
            : new XunitTestCase(messages, display, displayOptions, method);
    }

    private sealed class SkippedTestCase : XunitTestCase
    {
        [Obsolete("For deserialization only")]
        public SkippedTestCase() { }

        public SkippedTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
            : base(messages, display, options, method) { }

        protected override string? GetSkipReason(IAttributeInfo factAttribute) => RequiredTools.PostgresSkipReason;
    }
}
