using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;
using Chat.Server.FanOut.Backplane.Redis;

namespace Chat.Tests.Unit.FanOut;

public sealed class RedisShardTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000001", 2)]
    [InlineData("0195a3d2-7c11-7b6e-9d1a-5f2f3c4b5a69", 3)]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", 6)]
    public void A_conversation_never_moves_to_another_node(string conversation, int node) =>
        Assert.Equal(node, RedisShard.Of(BackplaneChannel.Of(new ConversationId(Guid.Parse(conversation))), 7));

    [Fact]
    public void What_concerns_every_instance_is_on_the_first_node() => Assert.Equal(0, RedisShard.Of(BackplaneChannel.Everyone, 7));

    [Fact]
    public void Conversations_are_spread_evenly()
    {
        var nodes = new int[4];
        var time = DateTimeOffset.UnixEpoch;
        for (var i = 0; i < 8_000; i++) nodes[RedisShard.Of(BackplaneChannel.Of(ConversationId.New(time.AddSeconds(i))), nodes.Length)]++;
        Assert.All(nodes, count => Assert.InRange(count, 1_800, 2_200));
    }
}
