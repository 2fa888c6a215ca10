using System.Runtime.InteropServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The drafts of one commit as columns, and the commands that store them. Used again for the next
/// commit.</summary>
internal sealed class PostgresBatch
{
    private readonly Dictionary<Guid, int> _slots = []; // the place of a conversation in _conversations
    private readonly List<Guid> _conversations = [];
    private readonly List<int> _counts = [];
    private readonly List<long> _rightsAsOf = []; // of each conversation, the oldest of its drafts
    private readonly List<int> _shown = []; // of each conversation, the position of its last shown draft; 0: none
    private readonly List<Guid> _conversation = [];
    private readonly List<int> _slot = [];
    private readonly List<int> _position = [];
    private readonly List<string?> _dedupeKey = [];
    private readonly List<long> _asOf = [];
    private readonly List<int> _slowSeconds = [];
    private readonly List<long?> _ifVersion = [];
    private readonly PostgresColumn[] _columns = Array.ConvertAll(EntryColumns.Written, PostgresColumn.Of);
    private readonly PostgresColumn[] _textColumns;
    private readonly List<Draft> _membership = [];
    private readonly PostgresThreads _threads = new();
    private readonly PostgresReactions _reactions = new();
    private readonly List<int> _places = []; // of what is appended, among the drafts
    private readonly HashSet<(Guid Conversation, long Message)> _targets = []; // of reactions and changes
    private int _before; // how many commands come before those that append
    private bool _isOnlyTexts;
    private NpgsqlParameterCollection? _lent; // where the columns' parameters are

    public PostgresBatch() =>
        _textColumns = [.. EntryColumns.OfText.Select(column => _columns[Array.IndexOf(EntryColumns.Written, column)])];

    public bool HasDedupeKeys { get; private set; }

    /// <summary>Whether a sender may have to wait, in slow mode.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>Whether a message is to be changed.</summary>
    public bool HasAmendments { get; private set; }

    public void Fill(IReadOnlyList<Draft> drafts)
    {
        Clear();
        _isOnlyTexts = AreOnlyTexts(drafts);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (drafts[i].HasTarget)
                _targets.Add((drafts[i].ConversationId.Value, drafts[i].Content.TargetSequence ?? 0));
            if (drafts[i].Reaction is null) Add(drafts[i], i);
            else AddReaction(drafts[i], i);
        }
    }

    public NpgsqlBatch ToCommands(NpgsqlConnection connection, CommitMoment at)
    {
        var now = Microseconds.Truncate(at.Now);
        var batch = new NpgsqlBatch(connection);
        // First, so that nobody waits for a conversation because it waits for a message.
        if (_targets.Count > 0) batch.BatchCommands.Add(LockMessages());
        batch.BatchCommands.Add(
            new NpgsqlBatchCommand(PostgresSql.Lock) { Parameters = { Parameter(ToLock(), NpgsqlDbType.Uuid) } });
        foreach (var entry in _membership)
        {
            if (entry.Content.ChangesRights)
                batch.BatchCommands.Add(PostgresRightsLock.ToTake(entry.ConversationId.Value));
            if (PostgresMembership.ToCheck(entry) is { } check) batch.BatchCommands.Add(check);
        }
        if (at.Known is { } known) batch.BatchCommands.Add(CheckRevocations(known));
        _before = batch.BatchCommands.Count;
        if (!_reactions.IsEmpty) batch.BatchCommands.Add(_reactions.ToCommand(now));
        if (_conversations.Count > 0) batch.BatchCommands.Add(Append(now));
        foreach (var entry in _membership)
            foreach (var command in PostgresMembership.ToCommands(entry, now)) batch.BatchCommands.Add(command);
        if (_threads.ToCommand(id => _counts[_slots[id]]) is { } moving) batch.BatchCommands.Add(moving);
        return batch;
    }

    /// <summary>The same for a batch that has only reactions of users: without the locks of the conversations. What
    /// needs these is answered with <see cref="CommitStatus.Again"/>.</summary>
    public NpgsqlBatch ToQuietCommands(NpgsqlConnection connection, CommitMoment at)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(LockMessages());
        batch.BatchCommands.Add(PostgresRightsLock.ToShare(_reactions.Conversations));
        if (at.Known is { } known) batch.BatchCommands.Add(CheckRevocations(known));
        _before = batch.BatchCommands.Count;
        batch.BatchCommands.Add(_reactions.ToCommand(Microseconds.Truncate(at.Now), quietly: true));
        return batch;
    }

    public async Task<CommitOutcome[]> ReadOutcomesAsync(
        NpgsqlDataReader reader, IReadOnlyList<Draft> drafts)
    {
        var outcomes = new CommitOutcome[drafts.Count];
        var heads = new (long Last, DateTimeOffset FirstAt)[_conversations.Count];
        for (var i = 0; i < _before; i++) await reader.NextResultAsync(); // past the locks and checks
        if (!_reactions.IsEmpty)
        {
            await _reactions.ReadAsync(reader, outcomes);
            if (_conversations.Count > 0) await reader.NextResultAsync();
        }
        while (_conversations.Count > 0 && await reader.ReadAsync())
        {
            var id = reader.GetGuid(0);
            var sequence = reader.IsDBNull(1) ? (long?)null : reader.GetInt64(1);
            DateTimeOffset time = reader.GetDateTime(2);
            var known = reader.GetInt64(3);
            if (known == 0) heads[_slots[id]] = (sequence!.Value, time);
            else if (known < 0)
                outcomes[_places[(int)-known - 1]] =
                    new CommitOutcome(CommitStatus.TooSoon, new MessageId(id), 0, time);
            else outcomes[_places[(int)known - 1]] = Known(sequence, new MessageId(id), time);
        }
        // The commit comes after the last statement: only past the end of the batch is it known.
        while (await reader.NextResultAsync()) { }
        for (var i = 0; i < _places.Count; i++)
            if (outcomes[_places[i]] is { Status: CommitStatus.Stored })
                outcomes[_places[i]] = Number(drafts[_places[i]], ref heads[_slot[i]]);
        return outcomes;
    }

    private static NpgsqlBatchCommand CheckRevocations(long known) => new(PostgresSql.CheckRevocations)
    {
        Parameters = { new NpgsqlParameter<long> { TypedValue = known } },
    };

    /// <summary>What the statement found in place of storing the draft.</summary>
    private static CommitOutcome Known(long? sequence, MessageId id, DateTimeOffset time) => sequence switch
    {
        null => new(CommitStatus.KeyTaken, id, 0, time),
        0 => new(CommitStatus.Gone, id, 0, time),
        AmendmentSql.TooMany => new(CommitStatus.TooMany, id, 0, time),
        < 0 => new(CommitStatus.Conflict, id, -sequence.Value, time),
        _ => new(CommitStatus.Duplicate, id, sequence.Value, time),
    };

    /// <summary>Gives the draft the place that the statement gave it: the first free one of its conversation.</summary>
    private static CommitOutcome Number(Draft draft, ref (long Last, DateTimeOffset NextAt) head)
    {
        if (head.NextAt == default) return new CommitOutcome(CommitStatus.NoConversation, draft.Id, 0, default);
        var outcome = new CommitOutcome(CommitStatus.Stored, draft.Id, head.Last + 1, head.NextAt);
        head = (head.Last + 1, Microseconds.Add(head.NextAt, 1));
        return outcome;
    }

    /// <summary>Whether all of them are texts and nothing else, and none may have to wait for its turn.</summary>
    private static bool AreOnlyTexts(IReadOnlyList<Draft> drafts)
    {
        for (var i = 0; i < drafts.Count; i++)
            if (!drafts[i].Content.IsOnlyText || drafts[i].SlowSeconds > 0) return false;
        return true;
    }

    private NpgsqlBatchCommand Append(DateTimeOffset now)
    {
        var isPlain = !HasDedupeKeys && !IsSlow && !HasAmendments;
        var command = new NpgsqlBatchCommand(
            _isOnlyTexts ? (HasDedupeKeys ? PostgresTextSql.AppendOnce : PostgresTextSql.Append)
            : HasAmendments ? PostgresSql.Amend
            : IsSlow ? PostgresSql.AppendSlowly
            : HasDedupeKeys ? PostgresSql.AppendOnce
            : PostgresSql.Append);
        var parameters = _lent = command.Parameters;
        if (isPlain)
        {
            parameters.Add(Parameter(_conversations, NpgsqlDbType.Uuid));
            parameters.Add(Parameter(_counts, NpgsqlDbType.Integer));
            parameters.Add(Parameter(_rightsAsOf, NpgsqlDbType.Bigint));
            if (!_isOnlyTexts) parameters.Add(Parameter(_shown, NpgsqlDbType.Integer));
        }
        parameters.Add(PostgresMembership.Time(now));
        parameters.Add(Parameter(_conversation, NpgsqlDbType.Uuid));
        parameters.Add(isPlain
            ? Parameter(_position, NpgsqlDbType.Integer)
            : Parameter(_dedupeKey, NpgsqlDbType.Text));
        foreach (var column in Filled) parameters.Add(column.Parameter);
        if (!isPlain) parameters.Add(Parameter(_asOf, NpgsqlDbType.Bigint));
        if (IsSlow || HasAmendments) parameters.Add(Parameter(_slowSeconds, NpgsqlDbType.Integer));
        if (HasAmendments) parameters.Add(Parameter(_ifVersion, NpgsqlDbType.Bigint));
        return command;
    }

    public static NpgsqlParameter<List<T>> Parameter<T>(List<T> values, NpgsqlDbType element) =>
        new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    /// <summary>The columns that the drafts have something in.</summary>
    private PostgresColumn[] Filled => _isOnlyTexts ? _textColumns : _columns;

    /// <summary>The conversations of all drafts.</summary>
    private List<Guid> ToLock() =>
        _reactions.IsEmpty ? _conversations : [.. _conversations.Union(_reactions.Conversations)];

    private NpgsqlBatchCommand LockMessages() => new(ReactionSql.LockMessages)
    {
        Parameters =
        {
            Parameter(_targets.Select(one => one.Conversation).ToList(), NpgsqlDbType.Uuid),
            Parameter(_targets.Select(one => one.Message).ToList(), NpgsqlDbType.Bigint),
        },
    };

    private void AddReaction(Draft draft, int place)
    {
        _reactions.Add(draft, place);
        if (draft.NeedsLevel is not null) _membership.Add(draft);
    }

    private void Add(Draft draft, int place)
    {
        _places.Add(place);
        var conversation = draft.ConversationId.Value;
        if (!_slots.TryGetValue(conversation, out var slot))
        {
            _slots.Add(conversation, slot = _conversations.Count);
            _conversations.Add(conversation);
            _counts.Add(0);
            _rightsAsOf.Add(long.MaxValue);
            _shown.Add(0);
        }
        _conversation.Add(conversation);
        _slot.Add(slot);
        _position.Add(++CollectionsMarshal.AsSpan(_counts)[slot]);
        if (draft.Content.IsShown) _shown[slot] = _counts[slot];
        _rightsAsOf[slot] = Math.Min(_rightsAsOf[slot], draft.AsOf);
        _asOf.Add(draft.AsOf);
        _dedupeKey.Add(draft.Content.DedupeKey);
        foreach (var column in Filled) column.Add(draft);
        _slowSeconds.Add(draft.SlowSeconds);
        _ifVersion.Add(draft.IfVersion);
        IsSlow |= draft.SlowSeconds > 0;
        HasAmendments |= draft.Content.IsAmendment;
        HasDedupeKeys |= draft.Content.DedupeKey is not null;
        if (draft.Content.Kind != EntryKind.Message || draft.RightsAsOf is not null || draft.NeedsLevel is not null)
            _membership.Add(draft);
        if (!_isOnlyTexts) _threads.Add(draft);
    }

    private void Clear()
    {
        _lent?.Clear();
        _lent = null;
        _slots.Clear();
        _conversations.Clear();
        _counts.Clear();
        _rightsAsOf.Clear();
        _shown.Clear();
        _asOf.Clear();
        _slowSeconds.Clear();
        _ifVersion.Clear();
        _conversation.Clear();
        _slot.Clear();
        _position.Clear();
        _dedupeKey.Clear();
        foreach (var column in _columns) column.Clear();
        _membership.Clear();
        _threads.Clear();
        _reactions.Clear();
        _places.Clear();
        _targets.Clear();
        HasDedupeKeys = IsSlow = HasAmendments = false;
    }
}
