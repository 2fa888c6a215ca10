namespace Chat.Contracts.Rules;

/// <summary>A field of a request, by a name that is independent of how a transport spells it.</summary>
/// <param name="Name">The name in camelCase, which is also its spelling on the hub: <c>dedupeKey</c>.</param>
public readonly record struct ChatField(string Name)
{
    /// <summary>The text of a message.</summary>
    public static readonly ChatField Body = new("body");

    /// <summary>What a message is.</summary>
    public static readonly ChatField MsgType = new("msgType");

    /// <summary>Where the attachment is.</summary>
    public static readonly ChatField AttachmentUrl = new("attachmentUrl");

    /// <summary>The attachment's metadata.</summary>
    public static readonly ChatField AttachmentMeta = new("attachmentMeta");

    /// <summary>The sender's own name for a message.</summary>
    public static readonly ChatField DedupeKey = new("dedupeKey");

    /// <summary>The message that is answered.</summary>
    public static readonly ChatField ReplyTo = new("replyTo");

    /// <summary>The first message of a thread.</summary>
    public static readonly ChatField Thread = new("thread");

    /// <summary>Whether a message of a thread is shown among those of the conversation.</summary>
    public static readonly ChatField AlsoInConversation = new("alsoInConversation");

    /// <summary>Whom a message is meant for in particular.</summary>
    public static readonly ChatField Mentions = new("mentions");

    /// <summary>The files of a message.</summary>
    public static readonly ChatField Attachments = new("attachments");

    /// <summary>Which conversation.</summary>
    public static readonly ChatField ConversationId = new("conversationId");

    /// <summary>The participants.</summary>
    public static readonly ChatField ParticipantIds = new("participantIds");

    /// <summary>A participant.</summary>
    public static readonly ChatField ParticipantId = new("participantId");

    /// <summary>Group or direct.</summary>
    public static readonly ChatField Kind = new("kind");

    /// <summary>The title of a conversation.</summary>
    public static readonly ChatField Title = new("title");

    /// <summary>Where a join resumes. Raw frames call it <c>after_seq</c>.</summary>
    public static readonly ChatField AfterSequence = new("afterSequence");

    /// <summary>How far a user has read. Raw frames call it <c>seq</c>.</summary>
    public static readonly ChatField Sequence = new("sequence");

    /// <summary>Only entries before this sequence. REST calls it <c>before_seq</c>.</summary>
    public static readonly ChatField Before = new("before");

    /// <summary>Only entries after this sequence. REST calls it <c>after_seq</c>.</summary>
    public static readonly ChatField After = new("after");

    /// <summary>Which entries a page of the log has.</summary>
    public static readonly ChatField View = new("view");

    /// <summary>The largest number of entries in a page.</summary>
    public static readonly ChatField Limit = new("limit");

    /// <summary>The number of the newest messages that a page leaves out.</summary>
    public static readonly ChatField Offset = new("offset");

    /// <summary>Where a page of a list begins.</summary>
    public static readonly ChatField Cursor = new("cursor");

    /// <summary>Whom a question is about.</summary>
    public static readonly ChatField UserIds = new("userIds");

    /// <summary>The name of a user.</summary>
    public static readonly ChatField UserName = new("name");

    /// <summary>A user whom a change concerns.</summary>
    public static readonly ChatField UserId = new("userId");

    /// <summary>The role of a participant.</summary>
    public static readonly ChatField Role = new("role");

    /// <summary>How long a role holds.</summary>
    public static readonly ChatField Seconds = new("seconds");

    /// <summary>Why.</summary>
    public static readonly ChatField Reason = new("reason");

    /// <summary>The time between two messages of a user.</summary>
    public static readonly ChatField SlowModeSeconds = new("slowModeSeconds");

    /// <summary>What a conversation is about.</summary>
    public static readonly ChatField Topic = new("topic");

    /// <summary>Where the picture of a conversation is.</summary>
    public static readonly ChatField AvatarUrl = new("avatarUrl");

    /// <summary>Whether a conversation is archived.</summary>
    public static readonly ChatField IsArchived = new("isArchived");

    /// <summary>A page begins behind what has this id.</summary>
    public static readonly ChatField AfterId = new("afterId");

    /// <summary>What came of a report.</summary>
    public static readonly ChatField Outcome = new("outcome");

    /// <summary>Which report.</summary>
    public static readonly ChatField ReportId = new("reportId");

    /// <summary>The message that a change is about. Raw frames call it <c>target_seq</c>.</summary>
    public static readonly ChatField TargetSequence = new("targetSequence");

    /// <summary>The reactions of a user to a message.</summary>
    public static readonly ChatField Keys = new("keys");

    /// <summary>One reaction.</summary>
    public static readonly ChatField Key = new("key");

    /// <summary>The version that a message must have to be edited.</summary>
    public static readonly ChatField IfVersion = new("ifVersion");

    /// <inheritdoc />
    public override string ToString() => Name;
}
