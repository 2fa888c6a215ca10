using System.Data.Common;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

namespace Chat.Server.Persistence.Entries;

/// <summary>The columns of the table <c>messages</c>, declared once for the statements of both databases.</summary>
/// <remarks>Beside them a row has <c>conversation_id</c>, <c>sequence</c>, <c>created_at</c> and <c>shown_before</c>,
/// which the commit gives it, and the <c>dedupe_key</c>, by which it is found.</remarks>
internal static class EntryColumns
{
    /// <summary>What is written as the draft has it. In this order they are the parameters of the statements.</summary>
    public static readonly EntryColumn[] Written =
    [
        new EntryColumn<short>("kind", static d => (short)d.Content.Kind),
        new EntryColumn<string?>("sender_id", static d => d.SenderId.Value),
        new EntryColumn<string?>("message", static d => d.Content.Text),
        new EntryColumn<Guid>("message_id", static d => d.Id.Value),
        new EntryColumn<short>("msg_type", static d => (short)d.Content.MsgType),
        new EntryColumn<string?>("attachment_url", static d => d.Content.AttachmentUrl),
        new EntryColumn<string?>("attachment_meta", static d => d.Content.AttachmentMeta),
        new EntryColumn<long?>("target_sequence", static d => d.Content.TargetSequence),
        new EntryColumn<string?>("payload", static d => d.Content.Payload?.ToText()),
        new EntryColumn<bool>("is_shown", static d => d.Content.IsShown),
        new EntryColumn<long?>("reply_to", static d => d.Content.ReplyTo),
        new EntryColumn<long?>("thread", static d => d.Content.Thread),
    ];

    /// <summary>Those of <see cref="Written"/> that say something of a message that is a text and nothing
    /// else.</summary>
    public static readonly EntryColumn[] OfText =
        Array.FindAll(Written, static column => column.Name is "sender_id" or "message" or "message_id");

    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Read =
        "sequence, created_at, message_id, sender_id, kind, message, msg_type, attachment_url, attachment_meta, "
        + "dedupe_key, target_sequence, payload, reply_to, thread, is_shown";

    /// <summary>The bytes of a row's content, as <see cref="Contracts.Protocol.ChatLimits.PageBytes"/> counts them.
    /// Lengths are known without the texts.</summary>
    public const string Size =
        "octet_length(message) + coalesce(octet_length(attachment_url), 0) "
        + "+ coalesce(octet_length(attachment_meta), 0) + coalesce(octet_length(payload), 0)";

    /// <summary>Where statements of pages select <see cref="Size"/>: behind <see cref="Read"/>.</summary>
    public const int SizeColumn = 15;

    /// <summary><see cref="Read"/>, each column after the prefix.</summary>
    public static string ReadOf(string prefix) => Prefixed(Read, prefix);

    /// <summary><see cref="Size"/> of the table of that prefix.</summary>
    public static string SizeOf(string prefix) =>
        Size.Replace("octet_length(", "octet_length(" + prefix, StringComparison.Ordinal);

    public static string Prefixed(string columns, string prefix) => prefix + columns.Replace(", ", ", " + prefix,
        StringComparison.Ordinal);

    /// <summary>The names of <see cref="Written"/>, each after the prefix, with commas between them.</summary>
    public static string Names(string prefix = "") => Names(Written, prefix);

    /// <summary>The names of these, in the same way.</summary>
    public static string Names(EntryColumn[] columns, string prefix = "") =>
        string.Join(", ", columns.Select(column => prefix + column.Name));

    /// <summary>Makes the entry from a row of <see cref="Read"/>.</summary>
    /// <param name="row">Where a statement that selects <see cref="Read"/> stands.</param>
    /// <param name="conversation">Whose log it is.</param>
    /// <param name="sender">The sender of the row before: many in a row are often one user's, and then share the
    /// text.</param>
    public static ConversationEntry ReadEntry<TDatabase>(DbDataReader row, ConversationId conversation,
        ref UserId sender)
        where TDatabase : struct, IColumnReader
    {
        var senderText = row.GetString(3);
        if (senderText != sender.Value) sender = UserId.Stored(senderText);
        var header = new EntryHeader(
            new MessageId(TDatabase.ReadGuid(row, 2)), conversation, row.GetInt64(0), sender,
                TDatabase.ReadTime(row, 1));
        return new EntryContent((EntryKind)row.GetInt16(4))
        {
            Text = row.GetString(5),
            MsgType = (MessageType)row.GetInt16(6),
            AttachmentUrl = ReadText(row, 7),
            AttachmentMeta = ReadText(row, 8),
            DedupeKey = ReadText(row, 9),
            TargetSequence = ReadNumber(row, 10),
            Payload = EntryPayload.Parse(ReadText(row, 11)),
            ReplyTo = ReadNumber(row, 12),
            Thread = ReadNumber(row, 13),
            AlsoInConversation = !row.IsDBNull(13) && row.GetBoolean(14),
        }.ToEntry(header);
    }

    private static long? ReadNumber(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt64(column);

    private static string? ReadText(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
