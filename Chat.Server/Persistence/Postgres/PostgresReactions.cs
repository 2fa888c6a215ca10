using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The drafts of a batch that set or tell reactions, and the statement for them; none where there are
/// none.</summary>
internal sealed class PostgresReactions
{
    private readonly List<Draft> _drafts = [];
    private readonly List<int> _places = []; // of the drafts, in the batch
    private readonly List<Guid> _ids = [];
    private readonly List<Guid> _conversations = [];
    private readonly List<long> _targets = [];
    private readonly List<string> _senders = [];
    private readonly List<string?> _keys = [];
    private readonly List<long> _asOf = [];
    private readonly List<long> _told = [];

    public bool IsEmpty => _drafts.Count == 0;

    public IReadOnlyList<Guid> Conversations => _conversations;

    public void Add(Draft draft, int place)
    {
        var move = draft.Reaction!;
        _drafts.Add(draft);
        _places.Add(place);
        _ids.Add(draft.Id.Value);
        _conversations.Add(draft.ConversationId.Value);
        _targets.Add(draft.Content.TargetSequence ?? 0);
        _senders.Add(draft.SenderId.Value);
        _keys.Add(move.Keys is { } keys ? string.Join(' ', keys) : null);
        _asOf.Add(draft.AsOf);
        _told.Add(move.Told);
    }

    public void Clear()
    {
        _drafts.Clear();
        _places.Clear();
        _ids.Clear();
        _conversations.Clear();
        _targets.Clear();
        _senders.Clear();
        _keys.Clear();
        _asOf.Clear();
        _told.Clear();
    }

    /// <param name="now">The time to store.</param>
    /// <param name="quietly">Without the locks of the conversations; what needs these is not stored.</param>
    public NpgsqlBatchCommand ToCommand(DateTimeOffset now, bool quietly = false) =>
        new(quietly ? ReactionSql.SetQuietly : ReactionSql.Set)
        {
            Parameters =
            {
                PostgresMembership.Time(now), PostgresMembership.Time(now - _drafts[0].Reaction!.Interval),
                PostgresBatch.Parameter(_ids, NpgsqlDbType.Uuid),
                PostgresBatch.Parameter(_conversations, NpgsqlDbType.Uuid),
                PostgresBatch.Parameter(_targets, NpgsqlDbType.Bigint),
                PostgresBatch.Parameter(_senders, NpgsqlDbType.Text),
                PostgresBatch.Parameter(_keys, NpgsqlDbType.Text), PostgresBatch.Parameter(_asOf, NpgsqlDbType.Bigint),
                PostgresBatch.Parameter(_told, NpgsqlDbType.Bigint),
            },
        };

    /// <summary>Reads what the statement answers into the places of the drafts.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CommitOutcome[] outcomes)
    {
        while (await reader.ReadAsync())
        {
            var index = (int)reader.GetInt64(0) - 1;
            outcomes[_places[index]] = Read(reader, _drafts[index]);
        }
    }

    private static CommitOutcome Read(NpgsqlDataReader row, Draft draft)
    {
        var status = row.IsDBNull(1) ? CommitStatus.Stored : StatusOf(row.GetString(1));
        var outcome = new CommitOutcome(
            status, draft.Id, row.IsDBNull(2) ? 0 : row.GetInt64(2), row.GetDateTime(3));
        return status != CommitStatus.Stored ? outcome : outcome with
        {
            Reactions = new ReactionOutcome
            {
                Told = EntryPayload.Parse(row.IsDBNull(4) ? null : row.GetString(4)), IsNamed = row.GetBoolean(5),
                Untold = outcome.Sequence > 0 ? null : new ReactionMark(draft.ConversationId,
                    draft.Content.TargetSequence ?? 0, row.GetInt64(6), draft.SenderId,
                    row.GetDateTime(7) + draft.Reaction!.Interval),
            },
        };
    }

    private static CommitStatus StatusOf(string verdict) => verdict switch
    {
        "same" => CommitStatus.Duplicate,
        "gone" => CommitStatus.Gone,
        "none" => CommitStatus.NoMessage,
        "many" => CommitStatus.TooMany,
        "again" => CommitStatus.Again,
        _ => CommitStatus.NotAllowed,
    };
}
