using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Start;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace Chat.Tests.Unit.Hosting;

public sealed class StartProblemsTests
{
    [Fact]
    public void Each_problem_is_a_line_with_the_settings_name()
    {
        var failures = new OptionsValidationException("", typeof(FanOutOptions),
            ["FeedCapacity: The field FanOutOptions.FeedCapacity must be between 16 and 65536.",
                "A must be smaller than B"]);
        var problems = StartProblems.Describe(
            new AggregateException(failures, new ConfigurationException("PORT must be a number")));
        Assert.Equal(
            ["Chat:FanOut:FeedCapacity must be between 16 and 65536", "Chat:FanOut:A must be smaller than B",
                "PORT must be a number"], problems);
    }

    [Fact]
    public void A_database_that_cannot_be_used_is_a_problem_also_when_wrapped()
    {
        var failure = new SqliteException("unable to open database file", 14);
        Assert.Equal(["the database cannot be used: unable to open database file"], StartProblems.Describe(failure));
        Assert.Equal(["the database cannot be used: unable to open database file"],
            StartProblems.Describe(new InvalidOperationException("transient", failure)));
    }

    [Fact]
    public async Task A_bug_goes_through_to_the_runtime() =>
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartProblems.GuardAsync(() => throw new InvalidOperationException("a bug"), TextWriter.Null));

    [Fact]
    public void A_known_problem_beside_a_bug_does_not_hide_the_bug() =>
        Assert.Null(
            StartProblems.Describe(
                new AggregateException(new ConfigurationException("x"), new InvalidTimeZoneException())));

    private sealed class FanOutOptions;
}
