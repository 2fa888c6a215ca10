using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Policies;

/// <summary>What a user is about to do: who, where, and the draft of the entry.</summary>
/// <remarks>A policy that does not look at <see cref="Draft"/> costs no allocation.</remarks>
public readonly struct ChatAct
{
    private readonly Draft _draft;

    internal ChatAct(Draft draft, ChatActKind kind) => (_draft, Kind) = (draft, kind);

    /// <summary>Who does it.</summary>
    public UserId UserId => _draft.SenderId;

    /// <summary>The tenant of the user and the conversation; <c>default</c> where there is one only.</summary>
    public string Tenant => (_draft.By?.Tenant ?? default).Name;

    /// <summary>Where. Of a conversation that is about to be made: the id that it gets.</summary>
    public ConversationId ConversationId => _draft.ConversationId;

    /// <summary>What kind of act.</summary>
    public ChatActKind Kind { get; }

    /// <summary>What is to be stored. A new object with each call.</summary>
    public EntryDraft Draft => PolicyDrafts.Of(_draft);

    /// <summary>The draft where it is of this type, else null.</summary>
    /// <typeparam name="T">One of the records behind <see cref="EntryDraft"/>.</typeparam>
    public T? As<T>() where T : EntryDraft => PolicyDrafts.TypeOf(Kind) == typeof(T) ? (T)Draft : null;
}
