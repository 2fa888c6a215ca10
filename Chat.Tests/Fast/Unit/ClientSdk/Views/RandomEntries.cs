using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Views;

/// <summary>Drafts of all kinds, as the seed has it; those that change a message aim at one before them.</summary>
internal sealed class RandomEntries(Random random, ConversationId conversation)
{
    private static readonly UserId[] Users = [.. new[] { "ann", "bob", "cyd", "dan" }.Select(UserId.Parse)];

    private readonly Dictionary<long, UserId> _senders = []; // of the messages

    public ConversationEntry Next(long sequence) => random.Next(10) switch
    {
        0 =>
            Fill(new MessageEditedEntry
            {
                Body = $"edit {sequence}", TargetSequence = Target(sequence), Id = default, ConversationId = default,
                Sequence = 0, SenderId = default, CreatedAt = default
            }, sequence),
        1 =>
            Fill(new MessageDeletedEntry
            {
                TargetSequence = Target(sequence), Id = default, ConversationId = default, Sequence = 0,
                SenderId = default, CreatedAt = default
            }, sequence),
        2 or 3 =>
            Fill(new ReactionsChangedEntry
            {
                Counts = random.Next(3) == 0 ? [] : [new ReactionCount(random.Next(2) == 0 ? "👍" : "❤", sequence)],
                Changes = random.Next(2) == 0 ? null : [new ReactionChange(User(), [])],
                TargetSequence = Target(sequence), Id = default, ConversationId = default, Sequence = 0,
                SenderId = default, CreatedAt = default
            }, sequence),
        4 => Fill(Drafts.Added(conversation, User().Value), sequence),
        5 => Fill(Drafts.Removed(conversation, User().Value), sequence),
        6 when random.Next(3) == 0 =>
            Fill(new ConversationChangedEntry
            {
                Title = $"title {sequence}", Id = default, ConversationId = default, Sequence = 0, SenderId = default,
                CreatedAt = default
            }, sequence),
        7 when random.Next(4) == 0 =>
            Fill(new ContentErasedEntry
            {
                ThroughSequence = random.Next(2) == 0 ? Target(sequence) / 2 : null, UserId = User(), Id = default,
                ConversationId = default, Sequence = 0, SenderId = default, CreatedAt = default
            }, sequence),
        _ => Fill(Drafts.Message(conversation, $"message {sequence}"), sequence),
    };

    public List<ConversationEntry> Log(int length) =>
        [.. Enumerable.Range(1, length).Select(sequence => Next(sequence))];

    private long Target(long sequence) => random.NextInt64(1, Math.Max(2, sequence));

    private UserId User() => Users[random.Next(Users.Length)];

    private ConversationEntry Fill(ConversationEntry draft, long sequence)
    {
        var sender = User();
        if (draft is MessageEntry) _senders.Add(sequence, sender);
        // Authors edit.
        if (draft is MessageEditedEntry edit) sender = _senders.GetValueOrDefault(edit.TargetSequence, sender);
        return draft with
        {
            Id = MessageId.New(Drafts.Noon), ConversationId = conversation, Sequence = sequence, SenderId = sender,
            CreatedAt = Drafts.Noon.AddMilliseconds(sequence),
        };
    }
}
