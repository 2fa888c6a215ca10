using Chat.ClientSdk.Connection;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>Who may do what: members and their roles, title and settings.</summary>
internal sealed partial class InMemoryWorld
{
    public void AddParticipants(UserId user, ConversationId id, IReadOnlyList<UserId> participants)
    {
        InMemoryRules.ThrowIf(ConversationRules.CheckParticipants(participants, out var wanted));
        var conversation = Readable(user, id);
        if (conversation.Kind != ConversationKind.Group) throw InMemoryRules.Refusal(MembershipRules.AddToGroupOnly());
        Demand(user, conversation, ConversationAct.Add);
        DemandOpen(conversation);
        var added = wanted.Where(one => !conversation.Members.ContainsKey(one)).ToList();
        RequireTogether(user, added);
        if (added.Exists(conversation.Out.ContainsKey)) Demand(user, conversation, ConversationAct.AddAgain);
        if (added.Count == 0) return;
        foreach (var one in added)
        {
            conversation.Out.Remove(one);
            conversation.Members[one] = new() { JoinedAt = Now };
        }
        conversation.Append(Now, new ParticipantsAddedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            ParticipantIds = added,
        });
        foreach (var one in added) conversation.Members[one].LastRead = conversation.Head;
        foreach (var one in added.Where(IsOnline)) TellPresence(conversation, one);
        TellLists(conversation);
    }

    public void RemoveParticipant(UserId user, ConversationId id, UserId participant)
    {
        var conversation = Readable(user, id);
        if (conversation.Kind != ConversationKind.Group)
            throw InMemoryRules.Refusal(MembershipRules.RemoveFromGroupOnly());
        if (participant == user) Demand(user, conversation, ConversationAct.Leave);
        else DemandAbove(user, conversation, ConversationAct.Remove, participant);
        if (!conversation.Members.ContainsKey(participant)) return;
        PutOut(user, conversation, participant, participant == user ? null : new(Now, ""));
    }

    public void SetRole(UserId user, ConversationId id, SetRole? command)
    {
        InMemoryRules.ThrowIf(RoleRules.Check(command, out var reason));
        var conversation = Readable(user, id);
        var (other, role) = (command!.UserId, command.Role);
        var current = conversation.RoleOf(other, Now);
        var act = RoleRules.ActOf(role, current);
        if (act == ConversationAct.SetRole) Demand(user, conversation, act);
        else DemandAbove(user, conversation, act, other);
        if (conversation.Owners is [var only] && only == other
            && role is not (ParticipantRole.Owner or ParticipantRole.Blocked))
            throw InMemoryRules.Refusal(RoleRules.LastOwner());
        var isThere = current is not (null or ParticipantRole.Blocked);
        if (!isThere && conversation.Kind == ConversationKind.Group && role != ParticipantRole.Blocked)
            throw InMemoryRules.Refusal(RoleRules.NotThere());
        var until = command.Seconds is { } seconds ? Now.AddSeconds(seconds) : (DateTimeOffset?)null;
        if (role == ParticipantRole.Blocked) PutOut(user, conversation, other, new(until, reason));
        else if (current != role || role == ParticipantRole.Readonly)
            GiveRole(user, conversation, other, role, role == ParticipantRole.Readonly ? new(until, reason) : null);
    }

    public void Change(UserId user, ConversationId id, ChangeConversation? command)
    {
        InMemoryRules.ThrowIf(SettingsRules.Check(command, out var wanted));
        var conversation = Readable(user, id);
        Demand(user, conversation, ConversationAct.ChangeSettings);
        var now = conversation.Settings;
        if (SettingsRules.NewIn(wanted, now) is not { } change) return;
        conversation.Settings = new ChangeConversation
        {
            Title = change.Title ?? now.Title, Topic = change.Topic ?? now.Topic,
            AvatarUrl = change.AvatarUrl ?? now.AvatarUrl, IsArchived = change.IsArchived ?? now.IsArchived,
            SlowModeSeconds = change.SlowModeSeconds ?? now.SlowModeSeconds,
        };
        conversation.Append(Now, new ConversationChangedEntry
        {
            Id = MessageId.New(Now), ConversationId = id, Sequence = 0, SenderId = user, CreatedAt = Now,
            Title = change.Title, SlowModeSeconds = change.SlowModeSeconds, Topic = change.Topic,
            AvatarUrl = change.AvatarUrl, IsArchived = change.IsArchived,
        });
        TellLists(conversation);
    }

    public ParticipantsPage Participants(UserId user, ConversationId id, ParticipantsQuery? query)
    {
        InMemoryRules.ThrowIf(RoleRules.Check(query));
        var conversation = Readable(user, id);
        if (query?.Role == ParticipantRole.Blocked) Demand(user, conversation, ConversationAct.Ban);
        var seesReasons = RightsTable.Allow(ConversationAct.Ban, conversation.Kind, conversation.RoleOf(user, Now));
        return new ParticipantsPage
        {
            ConversationId = id, Role = conversation.RoleOf(user, Now), SlowModeSeconds = conversation.SlowModeSeconds,
            Participants = [.. conversation.Members.Keys.Union(conversation.Out.Keys).Order()
                .Where(one => query?.After is not { } after || one.CompareTo(after) > 0)
                .Select(one => ParticipantOf(conversation, one, seesReasons || one == user)).OfType<Participant>()
                .Where(one => query?.Role is { } role ? one.Role == role : one.Role != ParticipantRole.Blocked)
                .Take(query?.Limit ?? ChatLimits.DefaultParticipantsPage)],
        };
    }

    private Participant? ParticipantOf(InMemoryConversation conversation, UserId user, bool withReason)
    {
        if (conversation.RoleOf(user, Now) is not { } role) return null;
        var terms = role switch
        {
            ParticipantRole.Blocked => conversation.Out[user],
            ParticipantRole.Readonly => conversation.Members[user].Terms,
            _ => null,
        };
        return new Participant
        {
            UserId = user, Role = role, Until = terms?.Until,
            Reason = withReason && terms?.Reason.Length > 0 ? terms.Reason : null,
        };
    }

    private InMemoryConversation Readable(UserId user, ConversationId id)
    {
        if (Find(id) is not { } found) throw InMemoryRules.Forbidden();
        var role = found.RoleOf(user, Now);
        if (RightsTable.Allow(ConversationAct.Read, found.Kind, role)) return found;
        throw role == ParticipantRole.Blocked
            ? new ChatRefusedException(RoleRules.Banned(found.Out[user].Until, found.Out[user].Reason))
            : InMemoryRules.Forbidden();
    }

    private InMemoryConversation Writable(UserId user, ConversationId id)
    {
        var conversation = WritableIfOpen(user, id);
        DemandOpen(conversation);
        return conversation;
    }

    private static void DemandOpen(InMemoryConversation conversation)
    {
        if (conversation.IsArchived) throw new ChatRefusedException(RoleRules.Archived);
    }

    private InMemoryConversation WritableIfOpen(UserId user, ConversationId id)
    {
        var conversation = Readable(user, id);
        RequireNoBlock(user, conversation);
        if (RightsTable.Allow(ConversationAct.Send, conversation.Kind, conversation.RoleOf(user, Now)))
            return conversation;
        var terms = conversation.Members[user].Terms!;
        throw new ChatRefusedException(RoleRules.ReadOnly(terms.Until, terms.Reason));
    }

    private void WaitInSlowMode(InMemoryConversation conversation, UserId sender)
    {
        var seconds = conversation.SlowModeSeconds;
        if (seconds == 0 || RightsTable.Allow(ConversationAct.SendInSlowMode, conversation.Kind,
            conversation.RoleOf(sender, Now))) return;
        if (conversation.SentAt.TryGetValue(sender, out var at) && at.AddSeconds(seconds) is var next && next > Now)
            throw new ChatRefusedException(RoleRules.Slow(seconds, next - Now));
        conversation.SentAt[sender] = Now;
    }

    private void Demand(UserId user, InMemoryConversation conversation, ConversationAct act)
    {
        if (!RightsTable.Allow(act, conversation.Kind, conversation.RoleOf(user, Now)))
            throw InMemoryRules.NotAllowed(act);
    }

    private void DemandAbove(UserId user, InMemoryConversation conversation, ConversationAct act, UserId other)
    {
        Demand(user, conversation, act);
        if (user == other || !RightsTable.IsAbove(conversation.RoleOf(user, Now), conversation.RoleOf(other, Now)))
            throw InMemoryRules.NotAllowed(act);
    }

    private void GiveRole(
        UserId by, InMemoryConversation conversation, UserId user, ParticipantRole role,
        InMemoryConversation.Terms? terms)
    {
        conversation.Out.Remove(user);
        if (!conversation.Members.TryGetValue(user, out var member))
            conversation.Members[user] = member = new() { JoinedAt = Now };
        (member.Role, member.Terms) = (role, terms);
        conversation.Append(Now, new RoleChangedEntry
        {
            Id = MessageId.New(Now), ConversationId = conversation.Id, Sequence = 0, SenderId = by, CreatedAt = Now,
            ParticipantId = user, Role = role, Until = terms?.Until,
        });
        if (role == ParticipantRole.Readonly) EndTyping(conversation, user);
        TellLists(conversation);
    }

    /// <param name="by">Who does it.</param>
    /// <param name="conversation">Where.</param>
    /// <param name="user">Who goes.</param>
    /// <param name="terms">Null: the user leaves, and may come back as others.</param>
    private void PutOut(
        UserId by, InMemoryConversation conversation, UserId user, InMemoryConversation.Terms? terms)
    {
        var isLastOwner = conversation.Owners is [var only] && only == user;
        conversation.Members.Remove(user);
        if (terms is not null) conversation.Out[user] = terms;
        conversation.Append(Now, new ParticipantRemovedEntry
        {
            Id = MessageId.New(Now), ConversationId = conversation.Id, Sequence = 0, SenderId = by, CreatedAt = Now,
            ParticipantId = user,
        });
        EndTyping(conversation, user);
        foreach (var connection in conversation.Joined.Where(connection => connection.User == user).ToList())
        {
            Leave(connection, conversation.Id);
            connection.Push(new Push.Closed(conversation.Id));
        }
        if (isLastOwner && (conversation.Longest(role => role == ParticipantRole.Moderator)
            ?? conversation.Longest(role => role == ParticipantRole.Member)) is { } next)
            GiveRole(by, conversation, next, ParticipantRole.Owner, terms: null);
        TellLists(conversation);
        foreach (var connection in WatchersOf(user))
            connection.Push(new Push.Listed(new(conversation.Id, null)));
    }
}
