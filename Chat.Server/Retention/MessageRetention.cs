using System.Globalization;
using Chat.Contracts.Identifiers;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Persistence;
using Chat.Server.Tasks;

namespace Chat.Server.Retention;

/// <summary>Erases the content of old messages: text, attachments, mentions, edits, reactions. The log keeps every
/// sequence, and says with one entry per conversation and day up to where its content is gone.</summary>
/// <remarks>A conversation's place is in its row (<c>erased_sequence</c>): a run that was interrupted is continued
/// there by the next one.</remarks>
internal sealed partial class MessageRetention(
    RetentionStore store, ErasureStore erasures, ContentEraser eraser, IEntryCache cache, RetentionContext context)
    : ITaskHandler<byte[]>
{
    public const string Type = "retention.messages";

    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The cursor of versions before: a time. They go by it when an upgrade is taken back.</summary>
    public const string Cursor = "retention/messages";

    private const int Page = 5_000;

    public async Task HandleAsync(byte[] payload, TaskRun run, CancellationToken ct)
    {
        if (context.Options.MessageDays == 0) return;
        var now = context.Time.GetUtcNow();
        // Whole days: else a conversation would get an entry with each run.
        var until = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero)
            - TimeSpan.FromDays(context.Options.MessageDays);
        var isTold = await MayTellAsync(ct);
        if (!isTold) Log.Silent(context.Logger);
        for (ConversationId? last = null; ;)
        {
            var page = await store.FindAsync(until, last, Page, ct);
            foreach (var conversation in page) await EraseAsync(conversation, until, isTold, ct);
            if (page.Count < Page) return;
            last = page[^1].Id; // not from the first on again: those are done
        }
    }

    private async Task<bool> MayTellAsync(CancellationToken ct)
    {
        try
        {
            await context.Entries.DemandAsync(ct);
            return true;
        }
        catch (ChatException)
        {
            return false;
        }
    }

    private async Task EraseAsync(
        OldConversation conversation, DateTimeOffset until, bool isTold, CancellationToken ct)
    {
        var through = await store.ThroughAsync(conversation, until, ct);
        var order = new ErasureOrder(conversation.Id, through, User: null,
            string.Create(CultureInfo.InvariantCulture, $"through {through}")) { After = conversation.Erased };
        if (isTold && await eraser.EraseAsync(order, ct) > 0) return; // its transaction has noted how far it is
        if (!isTold) await eraser.EraseSilentlyAsync(order, ct);
        await erasures.MarkAsync(conversation.Id, through, ct);
        if (!isTold) cache.Forget([KeyValuePair.Create(conversation.Id, through)]);
    }

    private static partial class Log
    {
        [LoggerMessage(9700, LogLevel.Warning, "Retention erases without entries that say so: a server of an older "
            + "version runs, or Chat:Messages:NewKinds is off. Clients keep what they have")]
        public static partial void Silent(ILogger logger);
    }
}
