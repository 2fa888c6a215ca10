using System.Collections.Concurrent;
using System.Threading.Channels;
using Chat.Server.Callers;
using Chat.Server.Persistence;

namespace Chat.Server.Users;

/// <summary>Writes the names that tokens give their users, when they are others than before. Nobody waits for
/// it.</summary>
/// <remarks>What this instance has written it remembers, of the newest users, so that a user who connects again costs
/// nothing. What finds no room, or cannot be stored now, is written with the user's next request.</remarks>
internal sealed partial class KnownNames(UserDirectory users, ILogger<KnownNames> logger) : BackgroundService
{
    private const int Remembered = 16_384, Waiting = 4_096;

    private readonly ConcurrentDictionary<UserKey, string> _written = new();
    private readonly Channel<Caller> _waiting = Channel.CreateBounded<Caller>(
        new BoundedChannelOptions(Waiting) { SingleReader = true });

    /// <summary>The caller has proven who it is.</summary>
    public void Note(Caller caller)
    {
        if (caller.Name is not { } name || (_written.TryGetValue(caller.User, out var known) && known == name)) return;
        if (_written.Count >= Remembered) _written.Clear();
        // Noted before it is written: else every request until then would ask for the same.
        if (_waiting.Writer.TryWrite(caller)) _written[caller.User] = name;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var caller in _waiting.Reader.ReadAllAsync(stoppingToken))
            try
            {
                await users.SetNameAsync(caller.User, caller.Name, stoppingToken);
            }
            catch (StoreException e)
            {
                _written.TryRemove(caller.User, out _);
                Log.NotWritten(logger, e);
            }
    }

    private static partial class Log
    {
        [LoggerMessage(9301, LogLevel.Warning,
            "The name in a token could not be stored; it is tried again with the user's next request")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
