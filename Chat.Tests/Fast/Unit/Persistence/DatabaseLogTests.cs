using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Chat.Tests.Unit.Persistence;

/// <summary>What EF Core logs of itself: nothing that an operator could do anything about.</summary>
public sealed class DatabaseLogTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    // Of shapes that are asked nowhere else: EF Core warns once, when it sees a query the first time.
    [Fact]
    public async Task Counting_up_to_a_limit_and_a_failed_query_are_no_lines_of_its_own()
    {
        await using var stores = new StoreHost(_database.Settings);

        await stores.Database.RunAsync(
            db => db.Conversations.Where(c => c.Title == "counted up to a limit").Take(7).CountAsync(), default);
        var failing = () => stores.Database.RunAsync(
            db => db.Conversations.FromSqlRaw("select * from nowhere").ToListAsync(), default);
        await failing.Should().ThrowAsync<Exception>();

        stores.Logs.All.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text).Should().BeEmpty();
    }
}
