using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.Memory;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>Answers of a batch that nobody who sends is to wait for leave room for what others do.</summary>
public sealed class AnswersTests
{
    private const int Count = 150;

    [Theory]
    [InlineData(true, 64, 128, 150)]
    [InlineData(false, 150)]
    public async Task What_waits_for_a_thread_has_its_turn_between_a_few_answers(
        bool aFewAtOnce, params int[] answered)
    {
        await using var host = await LaneHost.StartAsync(static _ => { });
        var batch = Enumerable.Range(0, Count).Select(i => new PendingAppend(
            Drafts.Of(Drafts.Message(host.Conversation, $"{i}"))[0],
            host.Get<MemoryBudget>().Lanes)).ToList();
        var committed = batch.Select((append, i) => CommittedDraft.Of(
            batch, i, new CommitOutcome(CommitStatus.NoMessage, append.Draft.Id, 0, default))).ToList();
        var turns = new Turns();
        Task told;
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(turns);
            told = new BatchNews(host.Get<LaneContext>()).TellAsync(committed, default, aFewAtOnce).AsTask();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        foreach (var count in answered[..^1])
        {
            Assert.Equal(count, batch.Count(append => append.Completion.IsCompleted));
            turns.RunOne();
        }
        await told;
        Assert.Equal(answered[^1], batch.Count(append => append.Completion.IsCompleted));
        foreach (var append in batch) await Assert.ThrowsAsync<ChatException>(() => append.Completion);
    }

    /// <summary>Holds what is to go on until its turn is there.</summary>
    private sealed class Turns : SynchronizationContext
    {
        private readonly Queue<Action> _waiting = [];

        public override void Post(SendOrPostCallback d, object? state) => _waiting.Enqueue(() => d(state));

        public void RunOne()
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                _waiting.Dequeue()();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
