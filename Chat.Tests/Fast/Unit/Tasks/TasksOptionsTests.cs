using Chat.Server.Tasks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Chat.Tests.Unit.Tasks;

/// <summary>Settings of the background queue: their defaults, their old names, and what is refused.</summary>
public sealed class TasksOptionsTests
{
    [Fact]
    public void The_defaults_are_go_chattys_and_valid()
    {
        var options = Read();
        Assert.Equal((10, false, 30, 500),
            (options.Concurrency, options.StrictPriority, options.LeaseSeconds, options.PollMilliseconds));
        Assert.Equal([("critical", 6), ("default", 3), ("low", 1)],
            options.Weights().Select(w => (w.Key, w.Value)).OrderBy(w => w.Key));
    }

    [Fact]
    public void The_old_names_are_read_and_the_new_ones_win()
    {
        var old = Read(("ASYNQ_CONCURRENCY", "4"), ("ASYNQ_QUEUES", "mail=2, default=1"));
        Assert.Equal((4, 2), (old.Concurrency, old.Weights()["mail"]));
        Assert.Equal(7, Read(("ASYNQ_CONCURRENCY", "4"), ("Chat:Tasks:Concurrency", "7")).Concurrency);
    }

    [Theory]
    [InlineData("ASYNQ_CONCURRENCY", "many", "Concurrency")]
    [InlineData("Chat:Tasks:Concurrency", "1001", "Concurrency")]
    [InlineData("Chat:Tasks:LeaseSeconds", "1", "LeaseSeconds")]
    [InlineData("Chat:Tasks:PollMilliseconds", "0", "PollMilliseconds")]
    [InlineData("Chat:Tasks:RetryMaxSeconds", "0", "RetryMaxSeconds")]
    [InlineData("Chat:Tasks:StopSeconds", "301", "StopSeconds")]
    [InlineData("ASYNQ_QUEUES", "default", "'default' is not name=weight")]
    [InlineData("Chat:Tasks:Queues", "a=1,a=2", "'a' is listed twice")]
    [InlineData("Chat:Tasks:Queues", "a=0", "the weight of 'a'")]
    [InlineData("Chat:Tasks:Queues", "a=x", "the weight of 'a'")]
    [InlineData("Chat:Tasks:Queues", "no spaces=1", "is not a valid queue name")]
    public void An_impossible_setting_is_refused_by_name(string name, string value, string expected)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read((name, value)));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    private static TasksOptions Read(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(
                settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build());
        services.AddTasks();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<TasksOptions>();
    }
}
