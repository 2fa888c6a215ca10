using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>Where channels are: on the primary.</summary>
internal static class RedisPrimary
{
    /// <summary>For subscribing and for publishing. A replica takes messages too, but only its own subscribers get
    /// them; and the library publishes to the server where it has subscribed to the same channel.</summary>
    public const CommandFlags Only = CommandFlags.DemandMaster;
}
