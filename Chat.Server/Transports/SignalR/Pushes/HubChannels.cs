using StackExchange.Redis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>Our names for the channels of the framework's manager: <c>{prefix}:hub:user:ann</c> for its
/// <c>{hub}:user:ann</c>, and so on.</summary>
/// <remarks>They begin as all of ours do, so that one right in Redis allows them, and deployments that share a Redis
/// stay apart. They are sharded: in a Redis Cluster one node carries each.</remarks>
internal sealed class HubChannels(string prefix, string hub)
{
    public RedisChannel NameOf(RedisChannel channel)
    {
        var name = channel.ToString();
        var rest = name.StartsWith(hub, StringComparison.Ordinal) ? name.AsSpan(hub.Length) : $":{name}";
        return RedisChannel.Sharded($"{prefix}:hub{rest}");
    }
}
