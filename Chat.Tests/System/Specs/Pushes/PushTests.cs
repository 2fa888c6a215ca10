using Chat.Tests.Fixtures;

namespace Chat.Tests.Specs.Pushes;

public sealed class PushTests
{
    public sealed class OnOneInstanceWithoutRedis(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 1;

        protected override bool OverRedis => false;
    }

    [RequiresRedis]
    public sealed class OnOneInstance(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 1;

        protected override bool OverRedis => true;
    }

    [RequiresRedis]
    public sealed class OnTwoInstances(PushSite site) : PushSpec(site), IClassFixture<PushSite>
    {
        protected override int Instances => 2;

        protected override bool OverRedis => true;
    }
}
