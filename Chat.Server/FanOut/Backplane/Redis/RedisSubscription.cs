using System.Net;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// One channel: whether it is wanted, and its state in the library. Guarded by the registry's lock.
/// </summary>
internal sealed class RedisSubscription(BackplaneChannel channel, RedisChannels names)
{
    private RedisChannel? _name; // known once the library can be called
    public BackplaneChannel Channel { get; } = channel;

    public RedisChannel Name => _name ??= names.NameOf(Channel);

    public bool Wanted { get; set; }

    /// <summary>
    /// Not null while it is being subscribed or unsubscribed: one call at a time, because the library may lose one
    /// of two.
    /// </summary>
    public Task? Settling { get; set; }

    /// <summary>Not null while the library knows it and restores it.</summary>
    public ChannelMessageQueue? Queue { get; set; }

    /// <summary>The server that carried it at the last check.</summary>
    public EndPoint? Carrier { get; set; }
}
