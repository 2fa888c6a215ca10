using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>The exceptions of the client library while Redis is down, moves or stops.</summary>
internal static class RedisFailure
{
    public static bool Is(Exception e) =>
        // RedisCommandException: the server has become a replica, or it is not known yet which one is the primary.
        e is RedisException or RedisCommandException or TimeoutException or IOException
            or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
