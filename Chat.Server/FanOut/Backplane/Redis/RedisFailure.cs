using StackExchange.Redis;

namespace Chat.Server.FanOut.Backplane.Redis;

/// <summary>What a call of the client library may end with while Redis is away, moves or stops.</summary>
internal static class RedisFailure
{
    public static bool Is(Exception e) =>
        e is RedisException or TimeoutException or IOException
            or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
