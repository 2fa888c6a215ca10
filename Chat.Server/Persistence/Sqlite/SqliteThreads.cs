using Chat.Contracts.Entries;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>The state of threads and mentions, in the transaction that stores an entry.</summary>
internal sealed class SqliteThreads
{
    private readonly SqliteCommand _count, _uncount, _follow, _followOwn, _mention, _forget, _followMentioned;

    public SqliteThreads(SqliteWriter session)
    {
        var conversation = ("$conversation", SqliteType.Blob);
        var sequence = ("$sequence", SqliteType.Integer);
        var thread = ("$thread", SqliteType.Integer);
        var user = ("$user", SqliteType.Text);
        _count = session.Prepare(SqliteThreadSql.CountReply, conversation, thread, sequence);
        _uncount = session.Prepare(SqliteThreadSql.UncountReply, conversation, sequence);
        _follow = session.Prepare(SqliteThreadSql.Follow, conversation, thread, sequence, user);
        _followOwn = session.Prepare(SqliteThreadSql.FollowOwn, conversation, thread);
        _mention = session.Prepare(SqliteThreadSql.Mention, conversation, sequence, user);
        _forget = session.Prepare(SqliteThreadSql.Forget, conversation, sequence);
        _followMentioned = session.Prepare(SqliteThreadSql.FollowMentioned, conversation, sequence, user);
    }

    /// <param name="draft">What was stored.</param>
    /// <param name="conversation">Where, as its key.</param>
    /// <param name="sequence">The place that it was given.</param>
    public void Change(Draft draft, byte[] conversation, long sequence)
    {
        var content = draft.Content;
        var message = sequence;
        if (content is { Kind: EntryKind.MessageEdited or EntryKind.MessageDeleted, TargetSequence: { } target })
        {
            Run(_forget, conversation, message = target);
            if (content.Kind == EntryKind.MessageDeleted) Run(_uncount, conversation, target);
        }
        if (content.Thread is { } thread)
        {
            Run(_count, conversation, thread, sequence);
            Run(_follow, conversation, thread, sequence, draft.SenderId.Value);
            Run(_followOwn, conversation, thread);
        }
        foreach (var user in content.Mentioned)
        {
            Run(_mention, conversation, message, user);
            if (content.Thread is not null && user != MentionRow.Everyone)
                Run(_followMentioned, conversation, message, user);
        }
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
