using Chat.Server.FanOut.Backplane.Redis;
using Chat.Server.Identity;
using Chat.Server.Persistence;

namespace Chat.Server;

/// <summary>What has to be known before the chat is composed.</summary>
/// <param name="Configuration">All settings.</param>
/// <param name="Mode">How it knows who is calling.</param>
/// <param name="Database">Where its log is.</param>
/// <param name="Redis">What carries messages between instances; null: nothing does.</param>
internal sealed record ChatSettings(
    IConfiguration Configuration, ServerMode Mode, DatabaseSettings Database, RedisSettings? Redis);
