using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Npgsql;
using NpgsqlTypes;

namespace Chat.Server.Persistence.Postgres;

/// <summary>What is shown, on PostgreSQL.</summary>
internal sealed class PostgresShownLog(PostgresConnections connections) : IShownLog
{
    private const string Some = "p.conversation_id = any ($8)";

    private const string Keys = "array_to_json(own.keys)::text";

    private static readonly string MainBack = ShownSql.Page(isThread: false, isBack: true, Keys);
    private static readonly string MainOn = ShownSql.Page(isThread: false, isBack: false, Keys);
    private static readonly string ThreadBack = ShownSql.Page(isThread: true, isBack: true, Keys);
    private static readonly string ThreadOn = ShownSql.Page(isThread: true, isBack: false, Keys);

    private static readonly string List = ListSql.Page(hasLobby: true);
    private static readonly string ListWithoutLobby = ListSql.Page(hasLobby: false);
    private static readonly string ListSome = ListSql.Page(hasLobby: true, Some);
    private static readonly string ListSomeWithoutLobby = ListSql.Page(hasLobby: false, Some);

    private static readonly string CountOn = Each(UnreadSql.CountOn);
    private static readonly string CountBack = Each(UnreadSql.CountBack);

    /// <summary>$1 conversations, and as many $2 positions, $3 newest entries that count.</summary>
    private static readonly string ReadBack =
        $"""
        select q.place, r.*
          from unnest($1, $2, $3) with ordinality as q(conversation_id, after, head, place)
          cross join lateral ({UnreadSql.ReadBack("q.conversation_id", "q.after", "q.head")}) r
         order by q.place, r.sequence desc
        """;

    public Task<ShownPage?> ReadPageAsync(
        ConversationId conversation, ShownQuery query, PageLimit limit, CancellationToken ct) =>
        connections.ReadAsync(connection =>
        {
            List<NpgsqlParameter> parameters =
            [
                new NpgsqlParameter<Guid> { TypedValue = conversation.Value },
                new NpgsqlParameter<int> { TypedValue = limit.Entries },
                new NpgsqlParameter<long> { TypedValue = limit.Bytes },
                new NpgsqlParameter<long> { TypedValue = query.After ?? query.Before },
                new NpgsqlParameter<string> { TypedValue = query.Reader.Value },
            ];
            if (query.Thread > 0) parameters.Add(new NpgsqlParameter<long> { TypedValue = query.Thread });
            return PostgresKeptPlan.ReadAsync(connection, SqlOf(query), parameters, async reader =>
            {
                var page = new ShownRead(limit.Bytes);
                while (await reader.ReadAsync(ct) && page.TryTake<PostgresColumn.Reader>(reader, conversation)) { }
                return page.ToPage();
            }, ct);
        }, ct);

    public Task<IReadOnlyList<ConversationSummary>?> ReadListAsync(ListQuery query, CancellationToken ct) =>
        connections.ReadAsync(connection =>
        {
            List<NpgsqlParameter> parameters =
            [
                new NpgsqlParameter<string> { TypedValue = query.User.Id.Value },
                new NpgsqlParameter<string> { TypedValue = query.User.Tenant.Name },
                new NpgsqlParameter<DateTime?>
                {
                    TypedValue = query.Page.After?.ActiveAt.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz,
                },
                new NpgsqlParameter<Guid> { TypedValue = query.Page.After?.Id.Value ?? default },
                new NpgsqlParameter<int> { TypedValue = query.Page.Limit },
                new NpgsqlParameter<DateTime> { TypedValue = query.Now.UtcDateTime },
                new NpgsqlParameter<Guid> { TypedValue = ConversationId.Lobby.Value },
            ];
            if (query.Only is { } only)
                parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. only.Select(id => id.Value)] });
            return PostgresKeptPlan.ReadAsync<IReadOnlyList<ConversationSummary>?>(
                connection, SqlOf(query), parameters, async reader =>
                {
                    var listed = new List<ConversationSummary>(query.Page.Limit);
                    while (await reader.ReadAsync(ct))
                        if (!ListColumns.TryTake<PostgresColumn.Reader>(reader, listed)) return null;
                    return listed;
                }, ct);
        }, ct);

    public async Task<Unread[]> CountUnreadAsync(IReadOnlyList<UnreadPlace> places, CancellationToken ct)
    {
        if (places.Count == 0) return [];
        var found = await CountAsync(CountOn, places, static (reader, i) => (int)reader.GetInt64(i), ct);
        var counted = places.Zip(found, (place, number) => place.Answer(number)).ToArray();
        var far = Enumerable.Range(0, counted.Length).Where(i => counted[i] is null).ToList();
        if (far.Count > 0)
        {
            var back = await CountAsync(CountBack, [.. far.Select(i => places[i])],
                static (reader, i) => UnreadPlace.Counted((int)reader.GetInt64(i), reader.GetBoolean(i + 1)), ct);
            foreach (var (i, answer) in far.Zip(back)) counted[i] = answer;
        }
        return counted!;
    }

    public Task<RecentMessages[]> ReadRecentAsync(IReadOnlyList<RecentPlace> places, CancellationToken ct) =>
        connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(ReadBack, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => p.Conversation.Value)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.After)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.Head)] },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            var recent = places.Select(_ => new RecentMessages()).ToArray();
            while (await reader.ReadAsync(ct))
                recent[reader.GetInt64(0) - 1].Take(
                    reader.GetInt64(1), reader.GetString(2), reader.GetInt64(3), reader.GetInt32(4) > 0);
            return recent;
        }, ct);

    private Task<T[]> CountAsync<T>(
        string sql, IReadOnlyList<UnreadPlace> places, Func<NpgsqlDataReader, int, T> read, CancellationToken ct) =>
        connections.ReadAsync(async connection =>
        {
            await using var command = new NpgsqlCommand(sql, connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<Guid[]> { TypedValue = [.. places.Select(p => p.Conversation.Value)] },
                    new NpgsqlParameter<string[]> { TypedValue = [.. places.Select(p => p.User.Value)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.After)] },
                    new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.Head)] },
                },
            };
            await using var reader = await command.ExecuteReaderAsync(ct);
            var answers = new T[places.Count];
            while (await reader.ReadAsync(ct)) answers[reader.GetInt64(0) - 1] = read(reader, 1);
            return answers;
        }, ct);

    /// <summary>$1 conversations, and as many $2 users, $3 positions, $4 newest entries that count. The place, and what
    /// was counted there.</summary>
    private static string Each(Func<string, string, string, string, string> count) =>
        $"""
        select q.place, u.*
          from unnest($1, $2, $3, $4) with ordinality as q(conversation_id, user_id, after, head, place)
          cross join lateral ({count("q.conversation_id", "q.user_id", "q.after", "q.head")}) u
        """;

    private static string SqlOf(ListQuery query) => query.Only is null
        ? query.HasLobby ? List : ListWithoutLobby
        : query.HasLobby ? ListSome : ListSomeWithoutLobby;

    private static string SqlOf(ShownQuery query) => query.Thread > 0
        ? query.After is null ? ThreadBack : ThreadOn
        : query.After is null ? MainBack : MainOn;
}
