using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Presence;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Store;

namespace Chat.Server.Notifications;

/// <summary>Reads on from the job's cursor in the log, and turns what it finds into notices: the cursor and the notices
/// are one transaction, so each message is told of once.</summary>
internal sealed class GatherHandler(
    IMessageStore messages, NotificationStore store, JobCursors cursors, PresenceBoard board, ITaskQueue queue,
    NotificationsOptions options) : ITaskHandler<GatherTask>
{
    private const int Page = 500;

    public async Task HandleAsync(GatherTask payload, TaskRun run, CancellationToken ct)
    {
        var conversation = new ConversationId(payload.ConversationId);
        var name = GatherTask.CursorOf(conversation);
        while (true)
        {
            var from = await cursors.FindAsync(name, ct);
            var page = await messages.ReadAfterAsync(conversation, from ?? payload.After, Page, ct);
            if (page.Count == 0) return;
            var notices = await NoticesAsync(conversation, page, ct);
            // Somebody else was faster: what there is to tell is theirs to tell, and what came since is the next
            // look's.
            await cursors.TryMoveAsync(name, from, page[^1].Sequence, db => { Add(db,
                notices); return Task.CompletedTask; }, ct);
            queue.Wake();
        }
    }

    private void Add(ChatDbContext db, List<UnreadNotice> notices)
    {
        foreach (var notice in notices)
        {
            var body = JsonSerializer.Serialize(notice, NotificationJson.Default.UnreadNotice);
            foreach (var endpoint in options.EndpointUris())
                queue.Add(db, DeliverTask.Type, new DeliverTask(endpoint, notice.EventId, body),
                    NotificationJson.Default.DeliverTask, DeliverTask.PlanFor(options));
        }
    }

    private async Task<List<UnreadNotice>> NoticesAsync(
        ConversationId conversation, List<ConversationEntry> page, CancellationToken ct)
    {
        List<MessageEntry> told = [.. page.OfType<MessageEntry>()];
        if (told.Count == 0 || await store.FindAsync(conversation, ct) is not { } about) return [];
        var last = told[^1].Sequence;
        var unread = await store.FindUnreadAsync(conversation, last, ct);
        var online = board.OnlineAmong(unread.Select(participant => participant.User));
        // Nobody is told of nothing but their own messages.
        var away = unread.Where(
            participant => !online.Contains(participant.User)
                && told.Exists(m => m.Sequence > participant.LastRead && m.SenderId != participant.User));
        var shown = told.TakeLast(UnreadNotice.MaxMessages)
            .Select(message => NoticeMessage.From(message, options.PreviewCharacters)).ToList();
        return
        [
            .. away.Chunk(UnreadNotice.MaxRecipients).Select((some, i) => new UnreadNotice(
                $"{conversation.Value:N}-{page[0].Sequence}-{page[^1].Sequence}-{i}", conversation.Value,
                about.Kind.ToString().ToLowerInvariant(), about.Title,
                [.. some.Select(
                    participant => new NoticeRecipient(participant.User.Value, last - participant.LastRead))], shown,
                told.Count)),
        ];
    }
}
