namespace Chat.Contracts.Rules;

/// <summary>What somebody does with a conversation. <see cref="RightsTable"/> says who may.</summary>
public enum ConversationAct
{
    /// <summary>Create a group.</summary>
    CreateGroup,

    /// <summary>Create a direct conversation.</summary>
    CreateDirect,

    /// <summary>Create a public conversation.</summary>
    CreatePublic,

    /// <summary>Join: be shown its entries.</summary>
    Join,

    /// <summary>Read its log.</summary>
    Read,

    /// <summary>Mark it as read, and see how far others have read.</summary>
    MarkRead,

    /// <summary>See who is online.</summary>
    SeePresence,

    /// <summary>List the participants and their roles.</summary>
    ListParticipants,

    /// <summary>Send messages.</summary>
    Send,

    /// <summary>Show that one types.</summary>
    Type,

    /// <summary>Write without regard to slow mode.</summary>
    SendInSlowMode,

    /// <summary>Leave for good.</summary>
    Leave,

    /// <summary>Add users who were not removed.</summary>
    Add,

    /// <summary>Add users again who were removed or banned.</summary>
    AddAgain,

    /// <summary>Remove others.</summary>
    Remove,

    /// <summary>Ban others, and list who is banned.</summary>
    Ban,

    /// <summary>Mute others.</summary>
    Mute,

    /// <summary>Make members, moderators and owners of others.</summary>
    SetRole,

    /// <summary>Change title and settings.</summary>
    ChangeSettings,

    /// <summary>Mention everyone where more than 50 take part.</summary>
    MentionEveryone,

    /// <summary>Report messages and users to the moderators.</summary>
    Report,

    /// <summary>See the reports, and close them.</summary>
    SeeReports,

    /// <summary>Edit messages of one's own.</summary>
    EditOwn,

    /// <summary>Delete messages of one's own.</summary>
    DeleteOwn,

    /// <summary>Delete messages of others.</summary>
    DeleteOthers,

    /// <summary>Pin messages, and take pins away.</summary>
    Pin,

    /// <summary>Put reactions to messages.</summary>
    React,
}
