using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Chat.Server.Revocations.Store;
using Chat.Server.Safety.Reports.Store;
using Chat.Server.Safety.Store;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Reading;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Transfer.Store;

/// <summary>The rows of lines, added to a context: the opposite of <see cref="RowLines"/>.</summary>
internal sealed class LineRows(ChatDbContext db, TimeProvider time)
{
    private readonly List<UserLine> _users = [];
    private readonly List<BlockLine> _blocks = [];
    private readonly List<TenantLine> _tenants = [];
    private readonly List<RevocationLine> _revocations = [];

    /// <exception cref="TransferException">There is another line for the same row.</exception>
    public void Add(TransferStep step)
    {
        try
        {
            AddOne(step);
        }
        catch (InvalidOperationException e) // the context's way to say so
        {
            throw TransferException.At(step.Number, "a line before it is about the same", e);
        }
    }

    /// <summary>Adds the users, blocks, tenants and revocations that the database does not have. Those that it has stay
    /// as they are: they are newer.</summary>
    public async Task AddUnknownAsync(CancellationToken ct)
    {
        foreach (var some in _users.GroupBy(line => line.Tenant))
        {
            var (tenant, ids) = (some.Key, some.Select(line => line.UserId).ToList());
            var known = await db.Users.Where(u => u.Tenant == tenant && ids.Contains(u.UserId))
                .Select(u => u.UserId).ToListAsync(ct);
            db.AddRange(some.ExceptBy(known, line => line.UserId).Select(RowOf));
        }
        foreach (var some in _blocks.GroupBy(line => line.Tenant))
        {
            var (tenant, ids) = (some.Key, some.Select(line => line.UserId).Distinct().ToList());
            var known = await db.Set<BlockRow>().Where(b => b.Tenant == tenant && ids.Contains(b.UserId))
                .Select(b => new { b.UserId, b.OtherId }).ToListAsync(ct);
            db.AddRange(some.ExceptBy(known.Select(b => (b.UserId, b.OtherId)), line => (line.UserId, line.OtherId))
                .Select(RowOf));
        }
        foreach (var line in _tenants)
            if (!await db.Tenants.AnyAsync(t => t.Name == line.Tenant, ct)) db.Add(RowOf(line));
        await AddRevocationsAsync(ct);
    }

    private void AddOne(TransferStep step)
    {
        switch (step.Line)
        {
            case ConversationLine line when line.Id != ConversationId.Lobby: db.Add(RowOf(line)); break;
            case ParticipantLine line: db.Add(RowOf(line, step.Conversation!)); break;
            case EntryLine: db.Add(RowOf(step)); break;
            case ReactionLine line: db.Add(RowOf(line, step.Conversation!.Id)); break;
            case UntoldLine line: db.Add(RowOf(line, step.Conversation!.Id)); break;
            case FollowLine line: db.Add(RowOf(line, step.Conversation!.Id)); break;
            case MentionLine line: db.Add(RowOf(line, step.Conversation!)); break;
            case ReportLine line: db.Add(RowOf(line)); break;
            case UserLine line: _users.Add(line); break;
            case BlockLine line: _blocks.Add(line); break;
            case TenantLine line: _tenants.Add(line); break;
            case RevocationLine line: _revocations.Add(line); break;
        }
    }

    /// <summary>With numbers behind those that are there, in their order.</summary>
    private async Task AddRevocationsAsync(CancellationToken ct)
    {
        if (_revocations.Count == 0) return;
        var rows = db.Set<RevocationRow>();
        var last = await rows.Select(r => (long?)r.Number).MaxAsync(ct) ?? 0;
        var number = Math.Max(last + 1, Microseconds.ToUnix(time.GetUtcNow()));
        foreach (var line in _revocations)
        {
            var user = line.UserId ?? default;
            if (await rows.AnyAsync(r => r.Tenant == line.Tenant && r.UserId == user && r.Session == line.Session, ct))
                continue;
            rows.Add(new RevocationRow
            {
                Number = number++, Tenant = line.Tenant, UserId = user, Session = line.Session,
                NotBefore = line.NotBefore?.ToUniversalTime(), Reason = line.Reason,
                Expires = line.Expires?.ToUniversalTime(),
            });
        }
    }

    private static ConversationRow RowOf(ConversationLine line) => new()
    {
        Id = line.Id, Tenant = line.Tenant, Kind = line.Kind, Title = line.Title, DirectKey = line.DirectKey,
        CreatedAt = Stored(line.CreatedAt), RemovedSequence = line.RemovedSequence,
        ErasedSequence = line.ErasedSequence, SlowModeSeconds = line.SlowModeSeconds,
        Topic = line.Topic, AvatarUrl = line.AvatarUrl, IsArchived = line.IsArchived,
    };

    private static ParticipantRow RowOf(ParticipantLine line, ConversationLine conversation) => new()
    {
        ConversationId = conversation.Id, Tenant = conversation.Tenant, UserId = line.UserId, Role = line.Role,
        RoleUntil = Stored(line.RoleUntil), RoleReason = line.RoleReason, JoinedAt = Stored(line.JoinedAt),
        LastReadSequence = line.Read, UnreadFrom = line.UnreadFrom, IsMuted = line.IsMuted,
    };

    private static MessageRow RowOf(TransferStep step)
    {
        var entry = ((EntryLine)step.Line).Entry;
        return MessageRow.From(new EntryHeader(entry.Id, entry.ConversationId, entry.Sequence, entry.SenderId,
            Stored(entry.CreatedAt)), step.Content, step.ShownBefore);
    }

    private static ReactionRow RowOf(ReactionLine line, ConversationId conversation) => new()
    {
        ConversationId = conversation, TargetSequence = line.TargetSequence, UserId = line.UserId,
        Keys = [.. line.Keys],
    };

    /// <summary>The rebuild adds the rest.</summary>
    private static MessageStateRow RowOf(UntoldLine line, ConversationId conversation) => new()
    {
        ConversationId = conversation, Sequence = line.TargetSequence, Version = line.TargetSequence,
        UntoldSince = Stored(line.Since),
    };

    private static ThreadFollowRow RowOf(FollowLine line, ConversationId conversation) => new()
    {
        ConversationId = conversation, UserId = line.UserId, Thread = line.Thread, LastReadSequence = line.Read,
        UnreadFrom = line.UnreadFrom, IsFollowing = line.IsFollowing,
    };

    private static MentionRow RowOf(MentionLine line, ConversationLine conversation) => new()
    {
        ConversationId = conversation.Id, Tenant = conversation.Tenant, UserId = line.UserId, Sequence = line.Sequence,
        Thread = line.Thread, CreatedAt = Stored(line.CreatedAt),
    };

    private static UserRow RowOf(UserLine line) => new()
    {
        Tenant = line.Tenant, UserId = line.UserId, Name = line.DisplayName, LastSeenAt = Stored(line.LastSeenAt),
        DeactivatedAt = Stored(line.DeactivatedAt),
    };

    private static BlockRow RowOf(BlockLine line) => new()
    {
        Tenant = line.Tenant, UserId = line.UserId, OtherId = line.OtherId, Blocks = line.Blocks,
        IsBlocked = line.IsBlocked, ChangedAt = Stored(line.ChangedAt),
    };

    private static TenantRow RowOf(TenantLine line) =>
        new() { Name = line.Tenant, SuspendedAt = Stored(line.SuspendedAt), Reason = line.Reason };

    private static ReportRow RowOf(ReportLine line) => new()
    {
        Tenant = line.Tenant, ConversationId = line.ConversationId, Sequence = line.Sequence,
        MessageId = line.MessageId, UserId = line.UserId, ReporterId = line.ReporterId, Reason = line.Reason,
        CreatedAt = Stored(line.CreatedAt), ClosedAt = Stored(line.ClosedAt), Outcome = line.Outcome,
    };

    private static DateTimeOffset Stored(DateTimeOffset at) => Microseconds.Truncate(at);

    private static DateTimeOffset? Stored(DateTimeOffset? at) => at is { } known ? Stored(known) : null;
}
