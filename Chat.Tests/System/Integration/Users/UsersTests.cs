using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.Users;

public sealed class UsersTests
{
    public sealed class OnSqlite(PairFixture pair) : UsersSpec, IClassFixture<PairFixture>
    {
        internal override TestServer First => pair.First;

        internal override TestServer Second => pair.Second;

        protected override Task StartAsync() => pair.StartAsync(DatabaseKind.Sqlite);
    }

    [RequiresPostgres]
    public sealed class OnPostgres(PairFixture pair) : UsersSpec, IClassFixture<PairFixture>
    {
        internal override TestServer First => pair.First;

        internal override TestServer Second => pair.Second;

        protected override Task StartAsync() => pair.StartAsync(DatabaseKind.Postgres);
    }

    [RequiresPostgres]
    [RequiresRedis]
    public sealed class OverRedis(RedisSite site) : UsersSpec, IClassFixture<RedisSite>
    {
        internal override TestServer First => site.Ann;

        internal override TestServer Second => site.Bob;

        protected override Task StartAsync() => site.StartAsync();
    }
}
