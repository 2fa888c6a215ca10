using System.Diagnostics;
using System.Reflection;
using Chat.Server.Core;
using Chat.Server.Core.MessageLog;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Sqlite;
using Chat.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Unit.Core.MessageLog;

/// <summary>What a message costs in objects, from its call until its sender is told: counted, on the one thread that
/// here does all of it but the writing to readers.</summary>
public sealed class SendCostTests
{
    /// <summary>The draft, its place in the lane, the outcome, the entry and the feed's own object for it. What a
    /// reader is shown comes on top, once for all readers. Code that is not optimized makes an object for each method
    /// that could wait.</summary>
    private const int Most = 1_000, MostInDebug = 2_200;

    private const int Messages = 1_024;

    [Fact]
    public async Task A_message_costs_its_draft_its_entry_and_little_more()
    {
        await BytesOfAsync(withTask: false); // compiles it all
        var told = await BytesOfAsync(withTask: false);
        Assert.InRange(told, 300, IsOptimized ? Most : MostInDebug);
        // With a task for each it costs that task more, which only optimized code shows.
        if (IsOptimized) Assert.InRange(await BytesOfAsync(withTask: true), told + 50, told + 250);
    }

    private static bool IsOptimized => typeof(ChatService).Assembly.GetCustomAttribute<DebuggableAttribute>()
        is not { IsJITOptimizerDisabled: true };

    private static async Task<long> BytesOfAsync(bool withTask)
    {
        await using var host = await LaneHost.StartAsync(services => services.AddSingleton<IMessageStore>(provider =>
            new InstantStore(ActivatorUtilities.CreateInstance<SqliteMessageStore>(provider))));
        ((InstantStore)host.Get<IMessageStore>()).IsInstant = true;
        var (chat, log) = (host.Get<ChatService>(), host.Get<Chat.Server.Core.MessageLog.MessageLog>());
        var (ann, end) = (LaneHost.Ann.AsCaller(), new CountingEnd());
        await chat.PlaceSendAsync(ann, host.Conversation, "text", null, end, default); // knows ann from now on
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
            if (withTask) Place(chat.EnqueueSendAsync(ann, host.Conversation, "text", null, default));
            else Place(chat.PlaceSendAsync(ann, host.Conversation, "text", null, end, default));
        log.Complete();
        var running = log.RunAsync(default);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(running.IsCompletedSuccessfully);
        Assert.Equal(withTask ? 1 : Messages + 1, end.Stored);
        return bytes / Messages;
    }

    private static void Place(ValueTask placed) => Assert.True(placed.IsCompletedSuccessfully);

    private static void Place(ValueTask<Task<Appended>> placed) => Assert.True(placed.IsCompletedSuccessfully);

    private sealed class CountingEnd : IAppendEnd
    {
        public int Stored { get; private set; }

        void IAppendEnd.Stored(in Appended stored) => Stored++;

        void IAppendEnd.Refused(ChatException refusal, string? dedupeKey) => throw refusal;
    }
}
