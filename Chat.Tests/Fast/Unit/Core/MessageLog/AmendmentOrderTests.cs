using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core.MessageLog;
using Chat.Server.Memory;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>CH-227: which drafts share a batch.</summary>
public sealed class AmendmentOrderTests
{
    private static readonly ConversationId One = ConversationId.New(Drafts.Noon), Two = ConversationId.New(Drafts.Noon);

    private static readonly MemoryPart Memory = new("lanes", long.MaxValue);

    [Fact]
    public void Without_a_second_change_of_a_message_everything_is_one_batch()
    {
        List<PendingAppend> all = [Send(One), Edit(One, 1), Edit(Two, 1), Delete(One, 2), Send(Two)];

        Assert.Equal([all], Batches(all));
    }

    [Fact]
    public void A_second_change_of_a_message_and_all_of_its_conversation_behind_it_are_for_the_next_batch()
    {
        var (a, b, c, d, e, f) = (Edit(One, 1), Send(Two), Delete(One, 1), Send(One), Edit(Two, 1), Edit(One, 2));

        Assert.Equal([[a, b, e], [c, d, f]], Batches([a, b, c, d, e, f]));
    }

    [Fact]
    public void Many_changes_of_one_message_are_a_batch_each()
    {
        List<PendingAppend> all = [Edit(One, 1), Edit(One, 1), Edit(One, 1), Send(One)];

        Assert.Equal([[all[0]], [all[1]], [all[2], all[3]]], Batches(all));
    }

    [Fact]
    public void Whatever_comes_every_batch_has_one_change_of_a_message_and_conversations_keep_their_order()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            List<PendingAppend> all = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
            {
                var where = random.Next(2) == 0 ? One : Two;
                return random.Next(3) switch
                {
                    0 => Send(where), 1 => Edit(where, random.Next(1, 4)), _ => Delete(where, random.Next(1, 4)),
                };
            })];

            var batches = Batches(all);

            Assert.All(batches, batch => Assert.Equal(
                batch.Count(append => append.Draft.Content.IsAmendment),
                batch.Where(append => append.Draft.Content.IsAmendment)
                    .Select(append => (append.Draft.ConversationId, append.Draft.Content.TargetSequence)).Distinct()
                    .Count()));
            foreach (var where in new[] { One, Two })
                Assert.Equal(all.Where(append => append.Draft.ConversationId == where),
                    batches.SelectMany(batch => batch).Where(append => append.Draft.ConversationId == where));
            Assert.Equal(all.Count, batches.Sum(batch => batch.Count));
        }
    }

    private static List<List<PendingAppend>> Batches(List<PendingAppend> all)
    {
        var batches = new List<List<PendingAppend>>();
        for (var left = all; left.Count > 0;) batches.Add(AmendmentOrder.TakeBatch(ref left));
        return batches;
    }

    private static PendingAppend Send(ConversationId where) => Append(where,
        EntryContent.Message(new CheckedMessage("text", new SendOptions())));

    private static PendingAppend Edit(ConversationId where, long target) => Append(where,
        EntryContent.MessageEdited(target, new CheckedMessage("text", new SendOptions())));

    private static PendingAppend Delete(ConversationId where, long target) =>
        Append(where, EntryContent.MessageDeleted(target));

    private static PendingAppend Append(ConversationId where, EntryContent content) => new(
        new Draft(MessageId.New(Drafts.Noon), where, UserId.Parse("ann"), content), Memory);
}
