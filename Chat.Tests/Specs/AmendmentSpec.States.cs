using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;
using Chat.Tests.Fixtures.Messages;

namespace Chat.Tests.Specs;

/// <content>The states of messages in tables agree with the log, also after races and the rebuild.</content>
public abstract partial class AmendmentSpec
{
    private const int Writers = 6;

    // CH-223
    [SpecFact]
    public async Task Racing_writers_change_no_message_behind_its_deletion_and_the_tables_agree_with_the_log()
    {
        var id = await WithMessagesAsync([.. Enumerable.Range(0, 12).Select(i => $"text {i}")]);
        var hosts = Enumerable.Range(0, Writers).Select(_ => AnotherInstance()).ToArray();

        await Task.WhenAll(hosts.Select((host, seed) => Task.Run(() => WriteAsync(host, id, seed))));

        var log = await ReadAllAsync(id);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(entry => entry.Sequence));
        var deletions = log.OfType<MessageDeletedEntry>().ToDictionary(d => d.TargetSequence, d => d.Sequence);
        Assert.NotEmpty(deletions);
        Assert.All(log.OfType<MessageEditedEntry>(), edit =>
        {
            var deleted = deletions.GetValueOrDefault(edit.TargetSequence, long.MaxValue);
            Assert.True(edit.Sequence < deleted, $"edit {edit.Sequence} behind deletion {deleted}");
            Assert.Equal(deleted != long.MaxValue, edit.Erased);
        });
        Assert.Equal(Rebuilt(log), await StatesAsync());
        await Stores.Rebuild.RunAsync(None);
        Assert.Equal(Rebuilt(log), await StatesAsync());
    }

    [SpecFact]
    public async Task The_rebuild_restores_the_states_of_messages_from_the_log()
    {
        var id = await WithMessagesAsync("one", "two", "three");
        await AmendAsync(Edit(id, 2, "a"));
        await AmendAsync(Edit(id, 2, "b"));
        await AmendAsync(Edit(id, 3, "c"));
        await AmendAsync(Delete(id, 3));
        var right = await StatesAsync();
        await Database.ExecuteAsync("update message_states set version = 1, is_deleted = true where sequence = 2");
        await Database.ExecuteAsync("delete from message_states where sequence = 3");
        await Database.ExecuteAsync("update messages set message = 'back' where sequence in (3, 7) and kind <> 6");
        await Database.ExecuteAsync("insert into message_states (conversation_id, sequence, version, is_deleted) "
            + $"values ({Literal(id)}, 4, 9, true)");

        Assert.Equal(1, await Stores.Rebuild.RunAsync(None));

        Assert.Equal(right, await StatesAsync());
        Assert.Empty(await Database.QueryAsync("select 1 from messages where message = 'back'"));
        Assert.Equal(["one", "b"], Bodies(await Stores.Messages.ReadMessageAsync(id, 2, None)));
    }

    private Task<List<string>> StatesAsync() => Database.QueryAsync(
        "select sequence, version, case when is_deleted then 1 else 0 end from message_states order by sequence");

    private static async Task WriteAsync(StoreHost host, ConversationId id, int seed)
    {
        var random = new Random(seed);
        for (var batch = 0; batch < 40; batch++)
        {
            var targets = Enumerable.Range(2, 12).OrderBy(_ => random.Next()).Take(random.Next(1, 6));
            var drafts = targets.Select(target => random.Next(10) switch
            {
                0 => Delete(id, target),
                < 4 => Send(id, "more"),
                < 7 => Edit(id, target, $"edit {random.Next()}"),
                _ => Edit(id, target, $"edit {random.Next()}") with { IfVersion = target },
            });
            await RunAgainAsync(() => host.Messages.CommitAsync([.. drafts], Drafts.Noon, None));
        }
    }

    /// <summary>The states of messages as the log says them.</summary>
    private static IEnumerable<string> Rebuilt(List<ConversationEntry> log) => FoldedLog.Of(log).Messages
        .Where(message => message.Version != message.Sequence)
        .Select(message => $"{message.Sequence}|{message.Version}|{(message.IsDeleted ? 1 : 0)}");
}
