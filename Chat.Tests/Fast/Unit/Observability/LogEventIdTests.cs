using System.Reflection;
using Chat.Server.Observability;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chat.Tests.Unit.Observability;

public sealed class LogEventIdTests
{
    /// <summary>Filters and alerts on an event id rely on it meaning one thing.</summary>
    [Fact]
    public void No_event_id_is_used_twice()
    {
        var ids = typeof(ChatMetrics).Assembly.GetTypes()
            .SelectMany(
                type => type.GetMethods(
                    BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                        | BindingFlags.DeclaredOnly))
            .Select(method => (method, attribute: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.attribute is not null)
            .ToArray();
        Assert.NotEmpty(ids);
        var twice = ids.GroupBy(found => found.attribute!.EventId).Where(group => group.Count() > 1)
            .Select(
                group => $"{group.Key}: "
                    + $"{string.Join(", ",
                        group.Select(found => found.method.DeclaringType + "." + found.method.Name))}");
        Assert.Empty(twice);
    }
}
