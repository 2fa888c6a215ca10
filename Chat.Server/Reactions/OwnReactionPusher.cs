using Chat.Server.Connections;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Reactions;

/// <summary>Shows users' other connections the reactions that they have set.</summary>
internal sealed class OwnReactionPusher(OwnReactionChanges changes, ConnectionRegistry connections) : BackgroundService
{
    private const int ChangesPerTurn = 1_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
            foreach (var change in await changes.Waiting.TakeAsync(ChangesPerTurn, stoppingToken)) Push(change);
    }

    private void Push(OwnReactionChange change)
    {
        var signal = new ReactionSignal(change.Conversation, change.User, change.Target, change.Keys);
        EncodedSignal? encoded = null;
        foreach (var connection in connections.Of(change.User))
            if (connection.Outbound is { } writer && writer != change.From)
                writer.Post(encoded ??= new EncodedSignal(signal));
    }
}
