using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Persistence.Entries;
using Chat.Server.Persistence.Rows;

namespace Chat.Server.History;

/// <summary>Who takes part in a conversation, and how it is set, as its log says it.</summary>
internal sealed class HistoryPeople
{
    private readonly Dictionary<UserId, (DateTimeOffset JoinedAt, RoleChangedEntry? Role)> _all = [];
    private UserId? _owner;

    /// <summary>What the settings are now; null is none.</summary>
    public ChangeConversation Settings { get; private set; } = new();

    public IEnumerable<UserId> All => _all.Keys;

    /// <returns>The entry as it is stored.</returns>
    /// <exception cref="ChatException">It is not as new conversations are.</exception>
    public EntryContent Begin(ConversationCreatedEntry created, ConversationKind kind, DateTimeOffset at)
    {
        ChatException.ThrowIf(ConversationRules.Check(null, new CreateConversation
        {
            ParticipantIds = created.ParticipantIds, Kind = kind, Title = created.Title,
        }, out var conversation));
        Join(conversation.ParticipantIds, at);
        if (kind == ConversationKind.Group && _all.ContainsKey(created.SenderId)) _owner = created.SenderId;
        Settings = new ChangeConversation { Title = conversation.Title };
        return EntryContent.ConversationCreated(conversation.ParticipantIds, conversation.Title);
    }

    /// <inheritdoc cref="Begin" />
    public EntryContent Add(ParticipantsAddedEntry added, DateTimeOffset at)
    {
        ChatException.ThrowIf(ConversationRules.CheckParticipants(added.ParticipantIds, out var users));
        Join(users, at);
        return EntryContent.ParticipantsAdded(users);
    }

    /// <returns>Null: the user does not take part.</returns>
    public EntryContent? Remove(ParticipantRemovedEntry removed)
    {
        if (!_all.Remove(removed.ParticipantId)) return null;
        if (_owner == removed.ParticipantId) _owner = null;
        return EntryContent.ParticipantRemoved(removed.ParticipantId);
    }

    /// <inheritdoc cref="Remove" />
    public EntryContent? Set(RoleChangedEntry changed)
    {
        if (!_all.TryGetValue(changed.ParticipantId, out var known)) return null;
        if (_owner == changed.ParticipantId) _owner = null;
        _all[changed.ParticipantId] = (known.JoinedAt, changed);
        return EntryContent.RoleChanged(changed.ParticipantId, changed.Role, changed.Until);
    }

    /// <inheritdoc cref="Begin" />
    public EntryContent Change(ConversationChangedEntry changed)
    {
        ChatException.ThrowIf(SettingsRules.Check(EntryContent.ChangeOf(changed), out var change));
        Settings = new ChangeConversation
        {
            Title = change.Title ?? Settings.Title, Topic = change.Topic ?? Settings.Topic,
            AvatarUrl = change.AvatarUrl ?? Settings.AvatarUrl, IsArchived = change.IsArchived ?? Settings.IsArchived,
            SlowModeSeconds = change.SlowModeSeconds ?? Settings.SlowModeSeconds,
        };
        return EntryContent.ConversationChanged(change);
    }

    /// <summary>The rows of those who take part. They have read all of it.</summary>
    public IEnumerable<ParticipantRow> ToRows(ConversationId id, Tenant tenant, long read) =>
        from one in _all
        let role = one.Key == _owner ? ParticipantRole.Owner : one.Value.Role?.Role ?? ParticipantRole.Member
        let isMuted = role == ParticipantRole.Readonly
        select new ParticipantRow
        {
            ConversationId = id, Tenant = tenant, UserId = one.Key, JoinedAt = one.Value.JoinedAt, Role = role,
            RoleUntil = isMuted ? one.Value.Role!.Until : null, RoleReason = isMuted ? "" : null,
            LastReadSequence = read,
        };

    private void Join(IReadOnlyList<UserId> users, DateTimeOffset at)
    {
        foreach (var user in users) _all.TryAdd(user, (at, null));
    }
}
