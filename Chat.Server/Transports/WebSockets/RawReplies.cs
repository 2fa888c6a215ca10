using System.Buffers;
using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

/// <summary>The frames that answer one socket alone. Each is a complete WebSocket frame.</summary>
internal static class RawReplies
{
    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="me">Whose it is; only sockets that asked are told.</param>
    public static byte[] Connected(
        RawDialect dialect, CallerIdentity me) => Frame("connected", (dialect, me), static (writer, s) =>
    {
        var d = s.dialect;
        if (d.Features == RawFeatures.None) return;
        writer.WriteNumber("protocol"u8, ChatHubRoute.ProtocolVersion);
        writer.WriteStartArray("features"u8);
        foreach (var feature in Enum.GetValues<RawFeatures>())
            if (feature != RawFeatures.None && d.Features.HasFlag(feature))
                writer.WriteStringValue(feature.ToString().ToLowerInvariant());
        writer.WriteEndArray();
        if (d.HasAuth) CallerIdentities.Write(writer, d.Names, s.me);
    });

    public static byte[] Joined(
        RawDialect dialect, JoinResult join) => Frame("joined", (dialect, join), static (writer, s) =>
    {
        if (s.dialect.HasSeq) WritePlace(writer, s.dialect.Names, s.join);
        else writer.WriteString(s.dialect.Names.ConversationId, s.join.ConversationId.Value);
    });

    /// <summary>Where a socket with sequences stands.</summary>
    public static void WritePlace(Utf8JsonWriter writer, JsonNames names, JoinResult place)
    {
        writer.WriteString(names.ConversationId, place.ConversationId.Value);
        writer.WriteNumber("seq"u8, place.Head);
        writer.WriteNumber(names.AfterSeq, place.AfterSequence);
        writer.WriteString("generation"u8, place.Generation);
    }

    public static byte[] Left(RawDialect dialect, ConversationId conversation) =>
        Frame("left", (dialect, conversation),
            static (writer, s) => writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value));

    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="appended">What is stored.</param>
    /// <param name="dedupeKey">The key of what was sent, if that is no message.</param>
    public static byte[] Receipt(RawDialect dialect, Appended appended, string? dedupeKey = null) =>
        Frame("receipt", (dialect, appended, dedupeKey), static (writer, s) =>
    {
        var names = s.dialect.Names;
        writer.WriteString(names.ConversationId, s.appended.Entry.ConversationId.Value);
        writer.WriteString("id"u8, s.appended.Entry.Id.Value);
        writer.WriteNumber("seq"u8, s.appended.Entry.Sequence);
        EntryJson.WriteTime(writer, names.CreatedAt, s.appended.Entry.CreatedAt);
        writer.WriteString(
            names.DedupeKey, s.appended.Entry is MessageEntry message ? message.DedupeKey : s.dedupeKey);
        writer.WriteBoolean("duplicate"u8, s.appended.Duplicate);
    });

    public static byte[] Presence(
        RawDialect dialect, PresenceSnapshot snapshot) => Frame("presence", (dialect, snapshot), static (writer, s) =>
    {
        var names = s.dialect.Names;
        if (s.snapshot.ConversationId is { } conversation) writer.WriteString(names.ConversationId, conversation.Value);
        else writer.WriteNull(names.ConversationId);
        writer.WriteNumber(names.OnlineCount, s.snapshot.OnlineCount);
        writer.WriteStartArray("users"u8);
        foreach (var user in s.snapshot.Users)
        {
            writer.WriteStartObject();
            writer.WriteString(names.UserId, user.UserId.Value);
            writer.WriteBoolean("online"u8, user.Online);
            EntryJson.WriteTimeOrNull(writer, names.LastSeenAt, user.LastSeenAt);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteBoolean("watching"u8, s.snapshot.Watching);
    });

    public static byte[] Conversations(RawDialect dialect, IReadOnlyList<ConversationSummary> listed) =>
        Frame("conversations", (dialect, listed), static (writer, s) =>
            RawListFields.Write(writer, s.dialect.Names, s.listed, s.dialect.Features));

    public static byte[] Users(RawDialect dialect, IReadOnlyList<UserProfile> users) =>
        Frame("users", (dialect, users), static (writer, s) => WriteUsers(writer, s.dialect.Names, s.users));

    /// <summary>As raw frames and REST show them.</summary>
    public static void WriteUsers(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<UserProfile> users)
    {
        writer.WriteStartArray("users"u8);
        foreach (var user in users)
        {
            writer.WriteStartObject();
            WriteUser(writer, names, user.UserId, user.Name);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteUser(Utf8JsonWriter writer, JsonNames names, UserId user, string? name)
    {
        writer.WriteString(names.UserId, user.Value);
        writer.WriteString("name"u8, name);
    }

    public static byte[] Refreshed(RawDialect dialect, CallerIdentity me) =>
        Frame("refreshed", (dialect, me), static (writer, s) =>
            CallerIdentities.WriteExpiry(writer, s.dialect.Names, s.me));

    public static byte[] Blocked(RawDialect dialect, UserId user, bool isBlocked) =>
        Frame(isBlocked ? "blocked" : "unblocked", (dialect, user),
            static (writer, s) => writer.WriteString(s.dialect.Names.UserId, s.user.Value));

    public static byte[] Blocks(RawDialect dialect, IReadOnlyList<UserId> users) =>
        Frame("blocks", (dialect, users), static (writer, s) => WriteIds(writer, s.dialect.Names, s.users));

    /// <summary>As raw frames and REST show them.</summary>
    public static void WriteIds(Utf8JsonWriter writer, JsonNames names, IReadOnlyList<UserId> users)
    {
        writer.WriteStartArray(names.UserIds);
        foreach (var user in users) writer.WriteStringValue(user.Value);
        writer.WriteEndArray();
    }

    public static byte[] Threads(
        RawDialect dialect, ConversationId conversation, IReadOnlyList<ThreadSummary> threads) =>
        Frame("threads", (dialect, conversation, threads), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value);
            ThreadAnswers.Write(writer, s.dialect.Names, s.threads);
        });

    public static byte[] Followed(RawDialect dialect, ConversationId conversation, long thread, bool isFollowing) =>
        Frame(isFollowing ? "followed" : "unfollowed", (dialect, conversation, thread), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value);
            writer.WriteNumber("thread"u8, s.thread);
        });

    public static byte[] Pins(RawDialect dialect, ConversationId conversation, IReadOnlyList<Pin> pins) =>
        Frame("pins", (dialect, conversation, pins), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value);
            ThreadAnswers.Write(writer, s.dialect.Names, s.pins);
        });

    public static byte[] Reacted(
        RawDialect dialect, ConversationId conversation, long target, ReactionReceipt receipt) =>
        Frame("reacted", (dialect, conversation, target, receipt), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value);
            writer.WriteNumber(AmendmentFields.TargetSeqKey.In(s.dialect.Names), s.target);
            ReactionFields.Write(writer, s.dialect.Names, s.receipt);
        });

    public static byte[] Reactions(
        RawDialect dialect, ConversationId conversation, long target, ReactionsPage page) =>
        Frame("reactions", (dialect, conversation, target, page), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.conversation.Value);
            writer.WriteNumber(AmendmentFields.TargetSeqKey.In(s.dialect.Names), s.target);
            ReactionFields.Write(writer, s.dialect.Names, s.page);
        });

    public static byte[] Mentions(RawDialect dialect, IReadOnlyList<Mention> mentions) =>
        Frame("mentions", (dialect, mentions), static (writer, s) =>
            ThreadAnswers.Write(writer, s.dialect.Names, s.mentions));

    /// <summary>A page of a conversation's entries.</summary>
    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="command">What asked for it: its type is that of the answer, which repeats what it named.</param>
    /// <param name="page">The page.</param>
    public static byte[] Page(RawDialect dialect, in RawCommand command, HistoryPage page) => Frame(
        RawCommandTypes.WordOf(command.Type), (dialect, command, page), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.command.RequiredConversation.Value);
            if (s.command.View is { } view) writer.WriteString("view"u8, view);
            if (s.command.View is not null && s.command.Threads.Thread is { } thread)
                writer.WriteNumber("thread"u8, thread);
            if (s.command.Seq is { } sequence) writer.WriteNumber("seq"u8, sequence);
            HistoryAnswer.Write(writer, s.dialect.Names, s.page, s.dialect.Features);
        });

    public static byte[] Participants(RawDialect dialect, ParticipantsPage page) =>
        Frame("participants", (dialect, page), static (writer, s) =>
        {
            writer.WriteString(s.dialect.Names.ConversationId, s.page.ConversationId.Value);
            ParticipantFields.Write(writer, s.dialect.Names, s.page);
        });

    public static byte[] Reports(RawDialect dialect, IReadOnlyList<OpenReport> reports) =>
        Frame("reports", (dialect, reports),
            static (writer, s) =>
                ReportFields.Write(writer, s.dialect.Names, s.reports, s.dialect.Features));

    /// <summary>A command that has no answer of its own is done.</summary>
    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="command">Which.</param>
    /// <param name="conversation">Where; null: it named none.</param>
    public static byte[] Done(RawDialect dialect, RawCommandType command, ConversationId? conversation) =>
        Frame("done", (dialect, command, conversation), static (writer, s) =>
        {
            writer.WriteString("of"u8, RawCommandTypes.WordOf(s.command));
            if (s.conversation is { } where) writer.WriteString(s.dialect.Names.ConversationId, where.Value);
        });

    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="within">How long the socket stays open at most.</param>
    public static byte[] Reconnect(RawDialect dialect, TimeSpan within) =>
        Frame("reconnect", (dialect, within),
            static (writer, s) => writer.WriteNumber(s.dialect.Names.WithinMs, (int)s.within.TotalMilliseconds));

    /// <param name="dialect">How the socket speaks.</param>
    /// <param name="error">What was wrong.</param>
    /// <param name="dedupeKey">The message it is about; only sockets with receipts are told.</param>
    public static byte[] Error(RawDialect dialect, ChatError error, string? dedupeKey = null) =>
        Frame("error", (dialect, error, dedupeKey), static (writer, s) =>
        {
            // Clients of go-chatty know a closed list of codes.
            var code = s.dialect.Features == RawFeatures.None ? s.error.Code.ToOriginal() : s.error.Code;
            writer.WriteString("code"u8, code.ToWire());
            writer.WriteString("error"u8, s.error.Message);
            // Without features the frame has the keys that it always had; the text says it too.
            if (s.dialect.Features != RawFeatures.None && s.error.RetryAfter is { } wait)
                writer.WriteNumber(s.dialect.Names.RetryAfterMs, (long)wait.TotalMilliseconds);
            if (s.dialect.Features != RawFeatures.None && s.error.Reason is { } reason)
                writer.WriteString("reason"u8, reason);
            if (s.dialect.HasEdits && s.error.Version is { } version) writer.WriteNumber("version"u8, version);
            if ((s.dialect.HasReceipts || s.dialect.HasEdits) && s.dedupeKey is not null)
                writer.WriteString(s.dialect.Names.DedupeKey, s.dedupeKey);
        });

    private static byte[] Frame<TState>(string type, TState state, Action<Utf8JsonWriter, TState> fill)
    {
        var output = new ArrayBufferWriter<byte>(256);
        RawFrameWriter.Write(output, (type, state, fill), static (writer, s) =>
        {
            writer.WriteString("type"u8, s.type);
            s.fill(writer, s.state);
        });
        return output.WrittenSpan.ToArray();
    }
}
