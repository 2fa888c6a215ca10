using Chat.Contracts.Identifiers;
using Chat.Server.Presence.Gossip;
using Chat.Tests.Fixtures;
using static Chat.Tests.Unit.Presence.Users;

namespace Chat.Tests.Unit.Presence;

public sealed class PresenceCodecTests
{
    private static readonly Guid Instance = Guid.NewGuid();

    private static readonly PresenceMessage[] Messages =
    [
        new PresenceDelta(Instance, 300,
            [new(Ann, null), new(Bob, Drafts.Noon), new(UserId.Parse("Zoë 🦊").Key(), null)]),
        new PresenceHeartbeat(Instance, long.MaxValue, 100_000),
        new PresenceRollCall(Instance),
        new PresenceRequest(Instance, Guid.NewGuid()),
        new PresencePart(Instance, 7, 1, 2, [Ann, Bob]),
        new PresenceGoodbye(Instance),
    ];

    [Fact]
    public void Written_data_is_read_back()
    {
        foreach (var message in Messages)
        {
            var read = PresenceCodec.Decode(PresenceCodec.Encode(message).AsMemory(1));
            Assert.Equivalent(message, read, strict: true);
            Assert.Equal(message.GetType(), read.GetType());
        }
    }

    [Fact]
    public void Anything_else_is_refused_as_invalid_data()
    {
        var random = new Random(20);
        foreach (var message in Messages)
        {
            var bytes = PresenceCodec.Encode(message)[1..];
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<InvalidDataException>(() => PresenceCodec.Decode(bytes.AsMemory(0, length)));
            Assert.Throws<InvalidDataException>(() => PresenceCodec.Decode((byte[])[.. bytes, 0]));
            for (var i = 0; i < 2_000; i++)
            {
                var broken = (byte[])bytes.Clone();
                for (var n = random.Next(1, 4); n > 0; n--) broken[random.Next(broken.Length)] = (byte)random.Next(256);
                try
                {
                    PresenceCodec.Decode(broken);
                }
                catch (InvalidDataException)
                {
                    // NOTE: as promised; any other exception fails the test.
                }
            }
        }
    }

    [Theory]
    [InlineData(2, 1)] // a later format
    [InlineData(1, 99)] // a message that there is not
    public void Data_of_a_newer_version_is_refused(byte format, byte type)
    {
        var bytes = PresenceCodec.Encode(new PresenceGoodbye(Instance));
        (bytes[1], bytes[2]) = (format, type);
        Assert.Throws<InvalidDataException>(() => PresenceCodec.Decode(bytes.AsMemory(1)));
    }
}
