using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;
using Chat.Server.Rights;
using Chat.Tests.Integration.Tenants;

namespace Chat.Tests.Integration.Growth;

/// <summary>How often the database is asked for what users do all the time: each figure here is multiplied by every
/// message, every reader and every opened conversation.</summary>
public abstract class MessageCostSpec : OnTenantHost
{
    private static readonly Caller Ann = UserId.Parse("ann").AsCaller(), Bob = UserId.Parse("bob").AsCaller();

    private static CancellationToken None => CancellationToken.None;

    [SpecFact]
    public async Task A_send_is_one_commit_and_opening_a_conversation_is_a_few_questions()
    {
        var chat = Host.Get<ChatService>();
        var log = Host.Get<MessageLog>();
        var lanes = log.RunAsync(None);
        var id = (await Host.Get<ConversationRights>().Creation.CreateAsync(
            Ann, new CreateConversation { ParticipantIds = [Bob.Id] }, None)).Id;

        await CountAsync("the first send: may the sender?", 2, host => SendAsync());
        await CountAsync("a further send", 1, host => SendAsync());
        await CountAsync("ten at once: one batch behind what is under way", 2, async host =>
        {
            // What is under way stays so until all ten are there, however busy the machine is.
            using var all = new ManualResetEventSlim();
            host.Asking = method =>
            {
                if (method == nameof(IMessageStore.CommitAsync)) all.Wait(Bounds.Wait);
            };
            var sends = Enumerable.Range(0, 10).Select(_ => SendAsync()).ToList();
            host.Asking = null;
            all.Set();
            await Task.WhenAll(sends);
        }, orLess: true);
        await CountAsync("the first join: where the log ends, and may the reader?", 3,
            host => chat.JoinAsync(host.WriterOf(Bob), id, null, None), orLess: true);
        await CountAsync("a further join", 1, host => chat.JoinAsync(host.WriterOf(Bob), id, null, None), orLess: true);
        await CountAsync("a page of history, and may it be read?", 2,
            host => chat.HistoryAsync(Bob, id, new HistoryQuery { View = HistoryView.Main }, None));
        await CountAsync("a read mark: where the log ends, and the position", 2,
            async host => await await chat.EnqueueMarkReadAsync(Bob, id, 5, thread: null, None));
        await CountAsync("typing", 0, async host => await chat.TypingAsync(Bob, id, true, None));

        log.Complete();
        await lanes.WaitAsync(Bounds.Wait);

        Task SendAsync() => chat.SendAsync(Ann, id, "hello", null, None);
    }

    private async Task CountAsync(string what, int most, Func<TenantHost, Task> act, bool orLess = false)
    {
        var (outcome, statements) = await Host.RunAsync(async host =>
        {
            await act(host);
            return "";
        });
        Assert.Equal("", outcome);
        var count = statements.Split('\n').Count(line => line.EndsWith("Async", StringComparison.Ordinal)
            || Array.Exists(["SELECT", "UPDATE", "INSERT", "DELETE"],
                verb => line.StartsWith(verb, StringComparison.Ordinal)));
        Assert.True(orLess ? count <= most : count == most,
            $"{what}: {count} statements, and {most} are enough:\n{statements}");
    }
}

public sealed class SqliteMessageCostTests : MessageCostSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

[RequiresPostgres]
public sealed class PostgresMessageCostTests : MessageCostSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
