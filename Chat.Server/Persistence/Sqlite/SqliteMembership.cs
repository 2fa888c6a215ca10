using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence.Entries;
using Microsoft.Data.Sqlite;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>What an entry changes beside the log, in the transaction that stores it, and whether it may.</summary>
internal sealed class SqliteMembership(SqliteWriter session)
{
    /// <summary>Asked where somebody's right was taken since the sender's was read.</summary>
    public bool MayNotWrite(Draft draft, byte[] conversation, long now) =>
        Finds(SqliteSql.FindRefusal, conversation, ("$user", draft.SenderId.Value), ("$time", now),
            ("$slow", draft.HasTarget ? null : (long)draft.SlowSeconds),
            ("$deletes", draft.Content.Kind == EntryKind.MessageDeleted ? 1L : 0L));

    /// <summary>In slow mode: until when the sender has to wait; null: now is the time, which is noted.</summary>
    public long? FindWait(Draft draft, byte[] conversation, long now)
    {
        using var find = ToCommand(SqliteSql.FindSlowSend, conversation, ("$user", draft.SenderId.Value));
        if (find.ExecuteScalar() is long sentAt && sentAt + draft.SlowSeconds * 1_000_000L is var free && free > now)
            return free;
        Run(SqliteSql.NoteSlowSend, conversation, ("$user", draft.SenderId.Value), ("$time", now));
        return null;
    }

    /// <summary>Asked for what only some may do.</summary>
    public bool HaveRightsChanged(byte[] conversation, long since) =>
        Finds(SqliteSql.FindChangeOfRights, conversation, ("$sequence", since));

    public void Change(Draft draft, byte[] conversation, long sequence, long now)
    {
        var payload = draft.Content.Payload;
        switch (draft.Content.Kind)
        {
            case EntryKind.ParticipantsAdded:
                foreach (var user in payload?.ParticipantIds ?? [])
                    Run(SqliteSql.AddParticipant, conversation, ("$user", user.Value), ("$time", now),
                        ("$sequence", sequence), ("$lifts", draft.LiftsBans ? 1L : 0L));
                break;
            case EntryKind.ParticipantRemoved when payload?.ParticipantId is { } user:
                Remove(draft, conversation, user, sequence, now);
                break;
            case EntryKind.RoleChanged when payload is { ParticipantId: { } user, Role: { } role }:
                SetRole(draft, conversation, user, role, sequence, now);
                break;
            case EntryKind.ConversationChanged:
                Run(SqliteSql.ChangeConversation, conversation, ("$title", payload?.Title),
                    ("$topic", payload?.Topic), ("$avatar", payload?.AvatarUrl),
                    ("$seconds", payload?.SlowModeSeconds),
                    ("$archived", payload?.IsArchived is { } archived ? (archived ? 1L : 0L) : null),
                    ("$sequence", sequence));
                break;
        }
        if (draft.RequiredLevel is { } level) Run(SqliteSql.Require, null, ("$level", level));
    }

    private void Remove(Draft draft, byte[] conversation, UserId user, long sequence, long now)
    {
        if (draft.Terms is not null) SetRole(draft, conversation, user, ParticipantRole.Blocked, sequence, now);
        else if (draft.SenderId == user)
            Run(SqliteSql.RemoveParticipant, conversation, ("$user", user.Value), ("$sequence", sequence));
        else
            Run(SqliteSql.PutOut, conversation, ("$user", user.Value), ("$sequence", sequence), ("$time", now));
    }

    private void SetRole(
        Draft draft, byte[] conversation, UserId user, ParticipantRole role, long sequence, long now) =>
        Run(SqliteSql.SetRole, conversation, ("$user", user.Value), ("$role", (long)role),
            ("$until", draft.Terms?.Until is { } until ? Microseconds.ToUnix(until) : null),
            ("$reason", draft.Terms?.Reason), ("$sequence", sequence), ("$time", now));

    private void Run(string sql, byte[]? conversation, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = ToCommand(sql, conversation, values);
        command.ExecuteNonQuery();
    }

    private bool Finds(string sql, byte[] conversation, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = ToCommand(sql, conversation, values);
        return command.ExecuteScalar() is not null;
    }

    private SqliteCommand ToCommand(
        string sql, byte[]? conversation, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = session.Connection.CreateCommand();
        command.CommandText = sql;
        if (conversation is not null) command.Parameters.AddWithValue("$conversation", conversation);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }
}
