using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Integration.Application;

/// <summary>A history of a seed: messages, answers, threads, edits, deletions, pins, reactions, people who come, go and
/// get roles. Times are whole seconds, some of them the same.</summary>
internal sealed class RandomHistory
{
    private static readonly UserId[] Users =
        [UserId.Parse("ann"), UserId.Parse("ben"), UserId.Parse("cem"), UserId.Parse("dan")];

    /// <summary>In the order of their bytes.</summary>
    private static readonly string[] Keys = [":tada:", "❤️", "👍"];

    private readonly Random _random;
    private readonly HashSet<long> _roots = [], _messages = [];
    private DateTimeOffset _at = new(2021, 5, 6, 7, 8, 9, TimeSpan.Zero);

    public RandomHistory(int seed, int count)
    {
        _random = new Random(seed);
        Id = ConversationId.New(_at);
        Add(new ConversationCreatedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = 1, SenderId = Users[0], CreatedAt = _at,
            ParticipantIds = [Users[0], Users[1]], Title = "The beginning",
        });
        (Roles[Users[0]], Roles[Users[1]]) = (ParticipantRole.Owner, ParticipantRole.Member);
        while (Entries.Count < count - 1) Add(Next());
        Add(new ConversationChangedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = Users[0], CreatedAt = _at,
            Title = "The end",
        });
    }

    public ConversationId Id { get; }

    public List<ConversationEntry> Entries { get; } = [];

    public Dictionary<UserId, ParticipantRole> Roles { get; } = [];

    /// <summary>What messages that are there say now, of those that were edited.</summary>
    public Dictionary<long, string> Edited { get; } = [];

    /// <summary>The messages whose content is gone.</summary>
    public HashSet<long> Deleted { get; } = [];

    /// <summary>Who has put what to messages that are there.</summary>
    public Dictionary<long, Dictionary<UserId, string[]>> Reactions { get; } = [];

    private long Sequence => Entries.Count + 1;

    /// <summary>What must be the same once it is stored: all but the microsecond that equal times are apart.</summary>
    public string Sketch(ConversationEntry entry) =>
        $"{entry.Sequence} {entry.Id} {entry.SenderId} {entry.Kind} {entry.CreatedAt:yyyy-MM-dd HH:mm:ss} {entry switch
        {
            MessageEntry m => $"{(Deleted.Contains(m.Sequence) ? "" : m.Body)} {m.ReplyTo} {m.Thread}",
            MessageEditedEntry e => $"{e.TargetSequence}",
            MessageDeletedEntry d => $"{d.TargetSequence}",
            PinnedEntry p => $"{p.TargetSequence}",
            ReactionsChangedEntry r => $"{r.TargetSequence} {string.Join(',', r.Counts)} "
                + $"{r.Changes?[0].UserId} {string.Join(',', r.Changes?[0].Keys ?? [])}",
            ParticipantsAddedEntry a => string.Join(',', a.ParticipantIds),
            ParticipantRemovedEntry r => $"{r.ParticipantId}",
            RoleChangedEntry r => $"{r.ParticipantId} {r.Role}",
            ConversationChangedEntry c => $"{c.Title}",
            _ => "",
        }}";

    private static MessageId NewId() => new(Guid.NewGuid());

    private void Add(ConversationEntry entry)
    {
        Entries.Add(entry);
        _at = _at.AddSeconds(_random.Next(3));
    }

    private ConversationEntry Next()
    {
        var sender = Users[_random.Next(2)];
        return _random.Next(20) switch
        {
            0 when Pick(_messages) is { } target => Edit(sender, target),
            1 when Pick(_messages) is { } target => Delete(sender, target),
            2 when Pick(_messages) is { } target => new PinnedEntry
            {
                Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
                TargetSequence = target,
            },
            3 => Come(sender, Users[2 + _random.Next(2)]),
            4 or 5 when Pick(_messages) is { } target => React(sender, target),
            _ => Say(sender),
        };
    }

    private long? Pick(HashSet<long> among) =>
        among.Count == 0 ? null : among.ElementAt(_random.Next(among.Count));

    private MessageEntry Say(UserId sender)
    {
        var thread = _random.Next(5) == 0 ? Pick(_roots) : null;
        var reply = _random.Next(5) == 0 ? Pick(_messages) : null;
        _messages.Add(Sequence);
        if (thread is null) _roots.Add(Sequence);
        return new MessageEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
            Body = $"message {_random.Next()}", Thread = thread, ReplyTo = thread is null ? reply : null,
        };
    }

    private MessageEditedEntry Edit(UserId sender, long target)
    {
        var body = $"edited {_random.Next()}";
        Edited[target] = body;
        return new MessageEditedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
            TargetSequence = target, Body = body,
        };
    }

    private MessageDeletedEntry Delete(UserId sender, long target)
    {
        Edited.Remove(target);
        _messages.Remove(target);
        _roots.Remove(target);
        Reactions.Remove(target);
        Deleted.Add(target);
        return new MessageDeletedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
            TargetSequence = target,
        };
    }

    private ReactionsChangedEntry React(UserId sender, long target)
    {
        if (!Reactions.TryGetValue(target, out var users)) Reactions[target] = users = [];
        var keys = Keys.Where(_ => _random.Next(2) == 0).ToArray();
        if (keys.Length > 0) users[sender] = keys;
        else users.Remove(sender);
        return new ReactionsChangedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
            TargetSequence = target, Changes = [new(sender, keys)],
            Counts =
            [
                .. users.Values.SelectMany(all => all).CountBy(key => key)
                    .Select(one => new ReactionCount(one.Key, one.Value))
                    .OrderByDescending(one => one.Count).ThenBy(one => Array.IndexOf(Keys, one.Key)),
            ],
        };
    }

    private ConversationEntry Come(UserId sender, UserId who)
    {
        if (!Roles.TryGetValue(who, out var role))
        {
            Roles[who] = ParticipantRole.Member;
            return new ParticipantsAddedEntry
            {
                Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
                ParticipantIds = [who],
            };
        }
        if (role == ParticipantRole.Member)
        {
            Roles[who] = ParticipantRole.Moderator;
            return new RoleChangedEntry
            {
                Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
                ParticipantId = who, Role = ParticipantRole.Moderator,
            };
        }
        Roles.Remove(who);
        return new ParticipantRemovedEntry
        {
            Id = NewId(), ConversationId = Id, Sequence = Sequence, SenderId = sender, CreatedAt = _at,
            ParticipantId = who,
        };
    }
}
