using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>The drafts of a batch that stand in threads, mention somebody, or change a message, and the statement for
/// them; none where there are none.</summary>
internal sealed class PostgresThreads
{
    private readonly HashSet<Guid> _conversations = [];
    private readonly List<Guid> _messages = [];
    private readonly List<string> _users = [];

    public void Add(Draft draft)
    {
        if (draft.Content is { Thread: not null } or { Kind: EntryKind.MessageEdited or EntryKind.MessageDeleted })
            _conversations.Add(draft.ConversationId.Value);
        foreach (var user in draft.Content.Mentioned)
        {
            _conversations.Add(draft.ConversationId.Value);
            _messages.Add(draft.Id.Value);
            _users.Add(user);
        }
    }

    public void Clear()
    {
        _conversations.Clear();
        _messages.Clear();
        _users.Clear();
    }

    /// <param name="countOf">How many drafts the batch has of a conversation.</param>
    public NpgsqlBatchCommand? ToCommand(Func<Guid, int> countOf) => _conversations.Count == 0 ? null
        : new NpgsqlBatchCommand(PostgresThreadSql.Move)
        {
            Parameters =
            {
                PostgresBatch.Parameter(_conversations.ToList(), NpgsqlDbType.Uuid),
                PostgresBatch.Parameter(_conversations.Select(countOf).ToList(), NpgsqlDbType.Integer),
                PostgresBatch.Parameter(_messages, NpgsqlDbType.Uuid),
                PostgresBatch.Parameter(_users, NpgsqlDbType.Text),
            },
        };
}
