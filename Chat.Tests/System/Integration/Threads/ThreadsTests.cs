using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Threads;

public sealed class ThreadsTests
{
    private static readonly (string Name, string Value)[] NoLimits = [("Chat:Limits:Factor", "0")];

    public sealed class OnSqlite(PairFixture pair) : ThreadsSpec, IClassFixture<PairFixture>
    {
        internal override TestServer First => pair.First;

        internal override TestServer Second => pair.Second;

        protected override Task StartAsync() => pair.StartAsync(DatabaseKind.Sqlite, NoLimits);
    }

    [RequiresPostgres]
    public sealed class OnPostgres(PairFixture pair) : ThreadsSpec, IClassFixture<PairFixture>
    {
        internal override TestServer First => pair.First;

        internal override TestServer Second => pair.Second;

        protected override Task StartAsync() => pair.StartAsync(DatabaseKind.Postgres, NoLimits);
    }
}
