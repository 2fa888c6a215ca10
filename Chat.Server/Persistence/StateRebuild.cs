using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Persistence;

/// <summary>Makes the state of messages again from the log: which entry has the content of each, what is deleted,
/// erased and pinned, what was told of reactions, the replies of threads, and with <see cref="ReferenceRebuild"/>
/// mentions and followers. The log is right where the two differ. The totals of reactions are counted from the
/// reactions of the users.</summary>
/// <remarks>A conversation at a time, behind its lock: servers may run meanwhile.</remarks>
internal sealed class StateRebuild(ChatDatabase database, DatabaseSettings settings, DatabaseClock time)
{
    private const int AtOnce = 1_000;

    // In the order in which commits lock them.
    private static readonly string[] Steps =
    [
        ErasureStore.Lock,
        $$"""
        insert into message_states (conversation_id, sequence, version, is_deleted)
        select conversation_id, target_sequence, max(sequence),
               max(case when kind = {{KindSql.Deleted}} then 1 else 0 end) = 1
          from messages where conversation_id = {0} and target_sequence is not null
           and kind in ({{KindSql.Changes}})
         group by conversation_id, target_sequence
        on conflict (conversation_id, sequence) do update
           set version = excluded.version, is_deleted = excluded.is_deleted
        """,
        $$"""
        update message_states set version = sequence, is_deleted = false
         where conversation_id = {0} and not exists (
               select 1 from messages m where m.conversation_id = {0}
                  and m.target_sequence = message_states.sequence and m.kind in ({{KindSql.Changes}}))
        """,
        $$"""
        update messages set {{ErasureSql.Content}}
         where conversation_id = {0} and kind in ({{KindSql.Message}}, {{KindSql.Edited}}) and exists (
               select 1 from message_states s where s.conversation_id = {0} and s.is_deleted
                  and s.sequence = coalesce(messages.target_sequence, messages.sequence))
        """,
    ];

    // Behind what was erased.
    private static readonly string[] LaterSteps =
    [
        "update message_states set pin_sequence = null where conversation_id = {0}",
        $$"""
        insert into message_states (conversation_id, sequence, version, pin_sequence)
        select p.conversation_id, p.target_sequence, p.target_sequence, p.sequence from messages p
         where p.conversation_id = {0} and p.kind = {{KindSql.Pinned}} and not exists (
               select 1 from messages q where q.conversation_id = {0} and q.target_sequence = p.target_sequence
                  and q.kind in ({{KindSql.Pins}}) and q.sequence > p.sequence)
           and exists (select 1 from messages m where m.conversation_id = {0} and m.sequence = p.target_sequence
                  and {{ErasureSql.HasContent("m.")}})
        on conflict (conversation_id, sequence) do update set pin_sequence = excluded.pin_sequence
        """,
        """
        update message_states set reactions_sequence = null, told_at = null where conversation_id = {0}
        """,
        $$"""
        insert into message_states (conversation_id, sequence, version, reactions_sequence, told_at)
        select r.conversation_id, r.target_sequence, r.target_sequence, r.sequence, r.created_at from messages r
         where r.conversation_id = {0} and r.kind = {{KindSql.ReactionsChanged}} and not exists (
               select 1 from messages q where q.conversation_id = {0} and q.target_sequence = r.target_sequence
                  and (q.kind = {{KindSql.Deleted}}
                       or q.kind = {{KindSql.ReactionsChanged}} and q.sequence > r.sequence))
           and exists (select 1 from messages m where m.conversation_id = {0} and m.sequence = r.target_sequence
                  and {{ErasureSql.HasContent("m.")}})
        on conflict (conversation_id, sequence) do update
           set reactions_sequence = excluded.reactions_sequence, told_at = excluded.told_at
        """,
        // Of what is deleted or erased.
        """
        update message_states set untold_since = null where conversation_id = {0} and reactions_sequence is null
        """,
        $$"""
        delete from reactions where conversation_id = {0} and not exists (
               select 1 from messages m where m.conversation_id = {0} and m.sequence = reactions.target_sequence
                  and {{ErasureSql.HasContent("m.")}})
        """,
        "delete from reaction_totals where conversation_id = {0}",
        """
        delete from message_states
         where conversation_id = {0} and version = sequence and not is_deleted and pin_sequence is null
           and reactions_sequence is null and told_at is null and untold_since is null
        """,
        "delete from threads where conversation_id = {0}",
        $$"""
        insert into threads (conversation_id, thread, replies, last_sequence)
        select m.conversation_id, m.thread, sum(case when {{ErasureSql.HasContent("m.")}} then 1 else 0 end),
               max(m.sequence)
          from messages m where m.conversation_id = {0} and m.thread is not null
         group by m.conversation_id, m.thread
        """,
    ];

    /// <summary>How many users have put which reactions.</summary>
    private string Totals =>
        $$"""
        insert into reaction_totals (conversation_id, target_sequence, key, n)
        select r.conversation_id, r.target_sequence, {{(settings.Kind == DatabaseKind.Sqlite ? "k.value" : "k.key")}},
               count(*)
          from reactions r
          {{(settings.Kind == DatabaseKind.Sqlite
              ? "join json_each(r.keys) k" : "cross join lateral unnest(r.keys) as k(key)")}}
         where r.conversation_id = {0} group by 1, 2, 3
        """;

    /// <returns>How many conversations have messages that changed, or that refer to messages or users.</returns>
    public Task<int> RunAsync(CancellationToken ct) => RunAsync(mentions: true, follows: true, ct);

    /// <param name="mentions">Whether mentions may be missing: those that the log says are added.</param>
    /// <param name="follows">Whether followers of threads may be missing, likewise.</param>
    /// <param name="ct">Cancels it.</param>
    /// <returns>How many conversations have messages that changed, or that refer to messages or users.</returns>
    public async Task<int> RunAsync(bool mentions, bool follows, CancellationToken ct)
    {
        var conversations = await database.RunAsync(async db => await db.Messages
            .Where(m => m.Kind == EntryKind.MessageEdited || m.Kind == EntryKind.MessageDeleted
                || m.Kind == EntryKind.ContentErased || m.Kind == EntryKind.Pinned
                || m.Kind == EntryKind.ReactionsChanged || m.Thread != null
                || (m.Kind == EntryKind.Message && m.Payload != null))
            .Select(m => m.ConversationId)
            .Union(db.Set<MessageStateRow>().Select(s => s.ConversationId))
            .Union(db.Set<ReactionRow>().Select(r => r.ConversationId))
            .Union(db.Set<MentionRow>().Select(m => m.ConversationId)).ToListAsync(ct), ct);
        foreach (var conversation in conversations)
            await database.ChangeAsync(async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(ct);
                await RunAsync(db, conversation, mentions, follows, ct);
                await transaction.CommitAsync(ct);
                return 1;
            }, ct);
        return conversations.Count;
    }

    /// <summary>Makes that of one conversation.</summary>
    /// <param name="db">Has the transaction.</param>
    /// <param name="conversation">Which.</param>
    /// <param name="mentions">Whether mentions may be missing: those that the log says are added.</param>
    /// <param name="follows">Whether followers of threads may be missing, likewise.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task RunAsync(
        ChatDbContext db, ConversationId conversation, bool mentions, bool follows, CancellationToken ct)
    {
        var key = settings.KeyOf(conversation);
        foreach (var step in Steps) await db.Database.ExecuteSqlRawAsync(step, [key], ct);
        await EraseAsync(db, conversation, key, ct);
        foreach (var step in LaterSteps) await db.Database.ExecuteSqlRawAsync(step, [key], ct);
        await db.Database.ExecuteSqlRawAsync(Totals, [key], ct);
        await MarkUntoldAsync(db, conversation, ct);
        if (await db.Conversations.AsNoTracking().FirstOrDefaultAsync(c => c.Id == conversation, ct) is { } row)
            await new ReferenceRebuild(db, row).RunAsync(mentions, follows, ct);
    }

    /// <summary>Erases what the log says is erased.</summary>
    private async Task EraseAsync(ChatDbContext db, ConversationId conversation, object key, CancellationToken ct)
    {
        var erased = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && m.Kind == EntryKind.ContentErased).ToListAsync(ct);
        foreach (var entry in erased.Select(row => row.ToEntry()).OfType<ContentErasedEntry>())
            await ErasureStore.EraseAsync(db, settings.Kind, key,
                new ErasedPart(0, entry.ThroughSequence ?? entry.Sequence), entry.UserId, ct);
    }

    /// <summary>Marks what the log has told otherwise, so that it is told.</summary>
    private async Task MarkUntoldAsync(ChatDbContext db, ConversationId conversation, CancellationToken ct)
    {
        var told = await db.Set<MessageStateRow>()
            .Where(s => s.ConversationId == conversation && s.ReactionsSequence != null && s.UntoldSince == null)
            .Join(db.Messages.Where(m => m.ConversationId == conversation), s => s.ReactionsSequence, m => m.Sequence,
                (s, m) => new { s.Sequence, m.Payload })
            .ToListAsync(ct);
        var totals = (await db.Set<ReactionTotalRow>().AsNoTracking()
            .Where(t => t.ConversationId == conversation).ToListAsync(ct)).ToLookup(t => t.TargetSequence);
        var wrong = told.Where(one => !IsTold(one.Payload, totals[one.Sequence])).Select(one => one.Sequence).ToList();
        var now = time.GetUtcNow();
        foreach (var some in wrong.Chunk(AtOnce))
            await db.Set<MessageStateRow>()
                .Where(s => s.ConversationId == conversation && some.Contains(s.Sequence))
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.UntoldSince, now), ct);
    }

    private static bool IsTold(string? payload, IEnumerable<ReactionTotalRow> totals) =>
        (EntryPayload.Parse(payload)?.Counts ?? []).Select(one => (one.Key, one.Count)).ToHashSet()
            .SetEquals(totals.Select(one => (one.Key, one.N)));
}
