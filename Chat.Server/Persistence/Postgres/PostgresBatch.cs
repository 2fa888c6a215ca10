using System.Runtime.InteropServices;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The drafts of one commit as columns, and the commands that store them. Used again for the next commit.</summary>
internal sealed class PostgresBatch
{
    private readonly Dictionary<Guid, int> _slots = []; // the place of a conversation in _conversations
    private readonly List<Guid> _conversations = [];
    private readonly List<int> _counts = [];
    private readonly List<Guid> _conversation = [];
    private readonly List<int> _slot = [];
    private readonly List<int> _position = [];
    private readonly List<short> _kind = [];
    private readonly List<string> _sender = [];
    private readonly List<string> _message = [];
    private readonly List<Guid> _messageId = [];
    private readonly List<short> _msgType = [];
    private readonly List<string?> _attachmentUrl = [];
    private readonly List<string?> _attachmentMeta = [];
    private readonly List<string?> _dedupeKey = [];
    private readonly List<long?> _target = [];
    private readonly List<string?> _payload = [];
    private readonly List<ConversationEntry> _membership = [];

    public bool HasDedupeKeys { get; private set; }

    public void Fill(IReadOnlyList<ConversationEntry> drafts)
    {
        Clear();
        for (var i = 0; i < drafts.Count; i++) Add(drafts[i]);
    }

    public NpgsqlBatch ToCommands(NpgsqlConnection connection, DateTimeOffset now)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresSql.Lock) { Parameters = { Parameter(_conversations, NpgsqlDbType.Uuid) } });
        batch.BatchCommands.Add(Append(now));
        foreach (var entry in _membership)
            if (PostgresMembership.ToCommand(entry, now) is { } command) batch.BatchCommands.Add(command);
        return batch;
    }

    public async Task<CommitOutcome[]> ReadOutcomesAsync(NpgsqlDataReader reader, IReadOnlyList<ConversationEntry> drafts)
    {
        var outcomes = new CommitOutcome[drafts.Count];
        var heads = new (long Last, DateTimeOffset FirstAt)[_conversations.Count];
        await reader.NextResultAsync(); // past the locks
        while (await reader.ReadAsync())
        {
            var id = reader.GetGuid(0);
            var sequence = reader.GetInt64(1);
            DateTimeOffset time = reader.GetDateTime(2);
            var known = reader.GetInt64(3);
            if (known == 0) heads[_slots[id]] = (sequence, time);
            else outcomes[known - 1] = new CommitOutcome(CommitStatus.Duplicate, new MessageId(id), sequence, time);
        }
        // The commit comes after the last statement: only past the end of the batch is it known.
        while (await reader.NextResultAsync()) { }
        for (var i = 0; i < outcomes.Length; i++)
            if (outcomes[i].Status != CommitStatus.Duplicate) outcomes[i] = Number(drafts[i], ref heads[_slot[i]]);
        return outcomes;
    }

    /// <summary>Gives the draft the place that the statement gave it: the first free one of its conversation.</summary>
    private static CommitOutcome Number(ConversationEntry draft, ref (long Last, DateTimeOffset NextAt) head)
    {
        if (head.NextAt == default) return new CommitOutcome(CommitStatus.NoConversation, draft.Id, 0, default);
        var outcome = new CommitOutcome(CommitStatus.Stored, draft.Id, head.Last + 1, head.NextAt);
        head = (head.Last + 1, Microseconds.Add(head.NextAt, 1));
        return outcome;
    }

    private NpgsqlBatchCommand Append(DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(HasDedupeKeys ? PostgresSql.AppendOnce : PostgresSql.Append);
        var parameters = command.Parameters;
        if (!HasDedupeKeys)
        {
            parameters.Add(Parameter(_conversations, NpgsqlDbType.Uuid));
            parameters.Add(Parameter(_counts, NpgsqlDbType.Integer));
        }
        parameters.Add(PostgresMembership.Time(now));
        parameters.Add(Parameter(_conversation, NpgsqlDbType.Uuid));
        parameters.Add(HasDedupeKeys ? Parameter(_dedupeKey, NpgsqlDbType.Text) : Parameter(_position, NpgsqlDbType.Integer));
        parameters.Add(Parameter(_kind, NpgsqlDbType.Smallint));
        parameters.Add(Parameter(_sender, NpgsqlDbType.Text));
        parameters.Add(Parameter(_message, NpgsqlDbType.Text));
        parameters.Add(Parameter(_messageId, NpgsqlDbType.Uuid));
        parameters.Add(Parameter(_msgType, NpgsqlDbType.Smallint));
        parameters.Add(Parameter(_attachmentUrl, NpgsqlDbType.Text));
        parameters.Add(Parameter(_attachmentMeta, NpgsqlDbType.Text));
        parameters.Add(Parameter(_target, NpgsqlDbType.Bigint));
        parameters.Add(Parameter(_payload, NpgsqlDbType.Text));
        return command;
    }

    private static NpgsqlParameter Parameter<T>(List<T> values, NpgsqlDbType element) =>
        new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | element };

    private void Add(ConversationEntry draft)
    {
        var conversation = draft.ConversationId.Value;
        if (!_slots.TryGetValue(conversation, out var slot))
        {
            _slots.Add(conversation, slot = _conversations.Count);
            _conversations.Add(conversation);
            _counts.Add(0);
        }
        var columns = EntryColumns.Of(draft);
        _conversation.Add(conversation);
        _slot.Add(slot);
        _position.Add(++CollectionsMarshal.AsSpan(_counts)[slot]);
        _kind.Add((short)draft.Kind);
        _sender.Add(draft.SenderId.Value);
        _message.Add(columns.Message);
        _messageId.Add(draft.Id.Value);
        _msgType.Add((short)columns.MsgType);
        _attachmentUrl.Add(columns.AttachmentUrl);
        _attachmentMeta.Add(columns.AttachmentMeta);
        _dedupeKey.Add(columns.DedupeKey);
        _target.Add(columns.TargetSequence);
        _payload.Add(columns.Payload);
        HasDedupeKeys |= columns.DedupeKey is not null;
        if (draft is not MessageEntry) _membership.Add(draft);
    }

    private void Clear()
    {
        _slots.Clear();
        _conversations.Clear();
        _counts.Clear();
        _conversation.Clear();
        _slot.Clear();
        _position.Clear();
        _kind.Clear();
        _sender.Clear();
        _message.Clear();
        _messageId.Clear();
        _msgType.Clear();
        _attachmentUrl.Clear();
        _attachmentMeta.Clear();
        _dedupeKey.Clear();
        _target.Clear();
        _payload.Clear();
        _membership.Clear();
        HasDedupeKeys = false;
    }
}
