using Microsoft.AspNetCore.SignalR.StackExchangeRedis;

namespace Chat.Server.Transports.SignalR.Pushes;

/// <summary>The ways to connections of other instances.</summary>
/// <param name="Manager">The framework's: all, connections, groups, results of clients.</param>
/// <param name="Users">Ours: users.</param>
/// <param name="Redis">How long is waited for Redis.</param>
internal sealed record PushRoutes(
    RedisHubLifetimeManager<ChatHub> Manager, UserPushes Users, RedisPatience Redis);
