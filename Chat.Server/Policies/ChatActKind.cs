namespace Chat.Server.Policies;

/// <summary>What a user is about to do. Later versions may add kinds: allow what is not known.</summary>
public enum ChatActKind
{
    /// <summary>Sends a message: <see cref="SendDraft"/>.</summary>
    Send = 1,

    /// <summary>Edits a message: <see cref="EditDraft"/>.</summary>
    Edit = 2,

    /// <summary>Deletes a message: <see cref="DeleteDraft"/>.</summary>
    Delete = 3,

    /// <summary>Sets their reactions to a message: <see cref="ReactDraft"/>.</summary>
    React = 4,

    /// <summary>Pins a message, or takes its pin away: <see cref="PinDraft"/>.</summary>
    Pin = 5,

    /// <summary>Makes a conversation: <see cref="CreateDraft"/>.</summary>
    Create = 6,

    /// <summary>Adds participants: <see cref="AddDraft"/>.</summary>
    Add = 7,

    /// <summary>Removes a participant, who may be the caller, or bans one: <see cref="RemoveDraft"/>.</summary>
    Remove = 8,

    /// <summary>Gives a role: <see cref="RoleDraft"/>.</summary>
    SetRole = 9,

    /// <summary>Changes what is set for a conversation: <see cref="ChangeDraft"/>.</summary>
    Change = 10,
}
