using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Cluster.History;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Reads a conversation on the hub, through the SDK.</summary>
internal sealed class HubReader(ClientContext context, string user, ReaderHistory history)
    : ReconnectingClient(context, user)
{
    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Lock();
        var open = true;
        await using var hub = HubLink.Prepare(instance, User);
        hub.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        hub.OnMessage(message => Show(message, message.Body));
        hub.OnEntry(entry => Show(entry, null));
        hub.OnConversationClosed(_ => ended.TrySetResult());
        try
        {
            using (var patience = Context.PatienceOf(ct))
            {
                await hub.StartAsync(patience.Token);
                history.Begin(history.Last); // entries may come before the answer
                await hub.JoinAsync(new ConversationId(history.Conversation), history.Last, patience.Token);
            }
            await ended.Task.WaitAsync(ct);
            return false;
        }
        catch (ChatRefusedException e)
        {
            throw e.Code == ChatErrorCode.Forbidden && history.ComesAndGoes
                ? new LostException("not a member now")
                : Context.Refused(User, "reading", e.Code, e.Error.Message);
        }
        finally
        {
            lock (gate) open = false;
        }

        void Show(ConversationEntry entry, string? body)
        {
            // What comes late from a connection that was given up is not shown: the next one asks for it again.
            lock (gate)
                if (open)
                    history.Show(
                        new ShownEntry(entry.Sequence, entry.Id.Value,
                            ShownEntry.ContentOf(entry.SenderId.Value, body, entry is MessageEntry),
                            Context.Time.GetTimestamp()));
        }
    }
}
