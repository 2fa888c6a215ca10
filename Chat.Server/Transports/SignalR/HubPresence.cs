using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut;
using Chat.Server.Presence;

namespace Chat.Server.Transports.SignalR;

/// <summary>Answers hub connections about presence.</summary>
internal sealed class HubPresence(PresenceDesk desk, BackgroundWork background, TimeProvider time)
{
    /// <summary>SignalR writes an answer after the method has ended and tells nobody when it did. Changes are held back
    /// for so long.</summary>
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromMilliseconds(250);

    public async Task<PresenceSnapshot> AskAsync(HubWriter writer, ConversationId? conversation, CancellationToken ct)
    {
        var answer = await desk.AskAsync(writer, conversation, ct);
        if (answer.Snapshot.Watching) background.Run(() => ActivateSoonAsync(answer));
        return answer.Snapshot;
    }

    private async Task ActivateSoonAsync(PresenceAnswer answer)
    {
        await Task.Delay(AnswerTakes, time, background.Stopping);
        answer.Activate();
    }
}
