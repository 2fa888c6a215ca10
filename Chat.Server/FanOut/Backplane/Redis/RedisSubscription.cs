using System.Net;
using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>
/// One channel: whether it is wanted, and what the library has of it. Its registry's lock guards all of it.
/// </summary>
internal sealed class RedisSubscription(BackplaneChannel channel, RedisChannels names)
{
    private RedisChannel? _name; // known once there is a library to call
    public BackplaneChannel Channel { get; } = channel;

    public RedisChannel Name => _name ??= names.NameOf(Channel);

    public bool Wanted { get; set; }

    /// <summary>
    /// Not null while it is being subscribed or unsubscribed: one call at a time, because the library may lose one
    /// of two.
    /// </summary>
    public Task? Settling { get; set; }

    /// <summary>Not null while the library knows of it, and mends it by itself.</summary>
    public ChannelMessageQueue? Queue { get; set; }

    /// <summary>The server that carried it when it was last looked at.</summary>
    public EndPoint? Carrier { get; set; }
}
