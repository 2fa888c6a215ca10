using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Pushes;

public sealed class PushTests
{
    public sealed class OnOneInstanceWithoutRedis(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 1;

        protected override PushRedis Redis => PushRedis.None;
    }

    [RequiresRedis]
    public sealed class OnOneInstance(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 1;

        protected override PushRedis Redis => PushRedis.OneServer;
    }

    [RequiresRedis]
    public sealed class OnTwoInstances(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 2;

        protected override PushRedis Redis => PushRedis.OneServer;
    }

    [RequiresRedis]
    public sealed class OnTwoInstancesOverACluster(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 2;

        protected override PushRedis Redis => PushRedis.Cluster;
    }

    [RequiresRedis]
    public sealed class OnTwoInstancesOverSentinels(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 2;

        protected override PushRedis Redis => PushRedis.Sentinels;
    }
}
