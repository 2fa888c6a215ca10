using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Rules;

namespace Chat.Server.Transports;

/// <summary>What a message has beyond go-chatty's fields, in either spelling: how it is read and how it is
/// written. What is empty is left out.</summary>
/// <remarks>Of what was read nothing is checked yet but its JSON types.</remarks>
internal struct ThreadFields
{
    private static readonly JsonKey ReplyToKey = new(ChatField.ReplyTo);
    private static readonly JsonKey ThreadKey = new(ChatField.Thread);
    private static readonly JsonKey AlsoKey = new(ChatField.AlsoInConversation);
    private static readonly JsonKey MentionsKey = new(ChatField.Mentions);
    private static readonly JsonKey AttachmentsKey = new(ChatField.Attachments);

    public long? ReplyTo;
    public long? Thread;
    public bool AlsoInConversation;
    public MessageMentions? Mentions;
    public List<MessageAttachment>? Attachments;

    /// <summary>Reads the field the reader stands on; false when it is none of these.</summary>
    public bool TryRead(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (ReplyToKey.Is(reader))
            ReplyTo = JsonFields.ReadNumber(ref reader, static () => MessageRules.NoSuchMessage(ChatField.ReplyTo));
        else if (TryReadThread(ref reader)) return true;
        else if (AlsoKey.Is(reader))
            AlsoInConversation = JsonFields.ReadBoolean(ref reader, ChatField.AlsoInConversation) ?? false;
        else if (MentionsKey.Is(reader)) Mentions = MentionFields.Read(ref reader);
        else if (AttachmentsKey.Is(reader)) Attachments = AttachmentFields.Read(ref reader, json);
        else return false;
        return true;
    }

    /// <summary>Reads the thread alone; false when the reader stands on something else.</summary>
    public bool TryReadThread(ref Utf8JsonReader reader)
    {
        if (!ThreadKey.Is(reader)) return false;
        Thread = JsonFields.ReadNumber(ref reader, static () => MessageRules.NoSuchMessage(ChatField.Thread));
        return true;
    }

    public readonly SendOptions AddTo(SendOptions options) =>
        this is { ReplyTo: null, Thread: null, AlsoInConversation: false, Mentions: null, Attachments: null }
            ? options
            : options with
            {
                ReplyTo = ReplyTo, Thread = Thread, AlsoInConversation = AlsoInConversation, Mentions = Mentions,
                Attachments = Attachments,
            };

    /// <summary>Into an object that is open.</summary>
    public static void Write(Utf8JsonWriter writer, MessageEntry message, JsonNames names)
    {
        if (message.ReplyTo is { } answered) writer.WriteNumber(ReplyToKey.In(names), answered);
        if (message.Thread is { } thread) writer.WriteNumber(ThreadKey.In(names), thread);
        if (message.AlsoInConversation) writer.WriteBoolean(AlsoKey.In(names), true);
        Write(writer, message.Mentions, message.Attachments, names);
    }

    /// <summary>What an edit replaces.</summary>
    public static void Write(
        Utf8JsonWriter writer, MessageMentions? mentions, IReadOnlyList<MessageAttachment>? attachments,
        JsonNames names)
    {
        if (mentions is not null)
        {
            writer.WritePropertyName(MentionsKey.In(names));
            MentionFields.Write(writer, mentions);
        }
        if (attachments is null) return;
        writer.WritePropertyName(AttachmentsKey.In(names));
        AttachmentFields.Write(writer, names, attachments);
    }
}
