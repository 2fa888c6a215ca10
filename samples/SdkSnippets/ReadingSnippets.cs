using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace SdkSnippets;

/// <summary>The code of docs/sdk.md about reading and views, so that it compiles. A test compares the two.</summary>
internal static class ReadingSnippets
{
    public static async Task ReadAsync(ChatClient chat, ConversationId team, long lastSeen, CancellationToken ct)
    {
        await foreach (var entry in chat.ReadAsync(team, after: lastSeen, ct))
            if (entry is MessageEntry message) Console.WriteLine($"{message.SenderId}: {message.Body}");
    }

    public static async Task BotAsync(
        ChatClient chat, ConversationId team, Func<ConversationEntry, Task> handle, CancellationToken ct)
    {
        await using var cursors = new FileCursorStore("bot.cursors");
        await foreach (var entry in chat.ReadAsync(team, cursors, otherwise: 0, ct))
            await handle(entry); // shown again if the app ends before this does
    }

    public static async Task ListAsync(ChatClient chat, CancellationToken ct)
    {
        using var listening = chat.OnConversationChange(change => Console.WriteLine(change.Summary is { } summary
            ? $"{summary.Title ?? "untitled"}: {summary.UnreadCount} unread"
            : $"no longer in {change.ConversationId}"));
        await chat.WaitUntilConnectedAsync(ct);
    }

    public static async Task NamesAsync(ChatClient chat)
    {
        foreach (var user in await chat.UsersAsync([UserId.Parse("ann"), UserId.Parse("bob")]))
            Console.WriteLine($"{user.UserId} is called {user.Name ?? user.UserId.Value}");
        using var renamed = chat.OnUserChange(user => Console.WriteLine($"{user.UserId} is now called {user.Name}"));
    }

    public static async Task EditsAsync(
        ChatClient chat, ConversationId team, SendReceipt receipt, CancellationToken ct)
    {
        await chat.EditMessageAsync(team, receipt.Sequence, new EditMessage { Body = "Deploying tomorrow" }, ct);
        try
        {
            await chat.EditMessageAsync(
                team, receipt.Sequence, new EditMessage { Body = "Never", IfVersion = receipt.Sequence }, ct);
        }
        catch (ChatConflictException conflict)
        {
            Console.WriteLine($"somebody was faster: it has version {conflict.Version}");
        }
        await chat.DeleteMessageAsync(team, receipt.Sequence, new DeleteMessage { Reason = "wrong room" }, ct);
    }

    public static PendingMessage EditsAtOnce(ChatClient chat, ConversationId team, SendReceipt receipt)
    {
        // The same without waiting: views show it at once, and take it back when it is refused.
        var edit = chat.EnqueueEdit(team, receipt.Sequence, new EditMessage { Body = "Deploying on Monday" });
        chat.Pending.Changed += change =>
        {
            if (change is { Change: MessageEdit { Command.Body: var text }, Failure: { } why })
                Console.WriteLine($"not changed to {text}: {why.Message}"); // offer it: Retry(), or Discard()
        };
        // A message that waits can be changed too: the edit goes behind it.
        var message = chat.Enqueue(team, "Deploing");
        chat.EnqueueEdit(message, new EditMessage { Body = "Deploying" });
        return edit;
    }

    public static async Task BlocksAsync(ChatClient chat)
    {
        await chat.BlockAsync(UserId.Parse("eve"));
        foreach (var user in await chat.BlocksAsync()) Console.WriteLine($"{user} is blocked");
        await chat.UnblockAsync(UserId.Parse("eve"));
    }

    public static async Task ThreadsAsync(ChatClient chat, ConversationId team)
    {
        await chat.SendAsync(team, "I have looked into it", new SendOptions
        {
            Thread = 7, // in the thread of message 7, or of the thread that message 7 stands in
            Mentions = new MessageMentions { Users = [UserId.Parse("ann")] },
        });
        foreach (var thread in await chat.ThreadsAsync(team))
            Console.WriteLine($"{thread.Thread}: {thread.Replies} replies, {thread.Unread?.Count ?? 0} unread");
        await chat.MarkThreadReadAsync(team, thread: 7, sequence: 12);
        foreach (var mention in await chat.MentionsAsync())
            Console.WriteLine($"{mention.CreatedAt:t}: {(mention.Entry as MessageEntry)?.Body}");
    }

    public static async Task ReportsAsync(ChatClient chat, ConversationId team)
    {
        await chat.ReportAsync(team, new ReportContent { Sequence = 7, Reason = "spam" }); // or UserId: a user
        using var told = chat.OnReportsChange(change => Console.WriteLine($"{change.ConversationId} has reports"));
        foreach (var report in await chat.ReportsAsync(team))
            await chat.CloseReportAsync(report.Id, ReportOutcome.Acted);
    }

    public static async Task CountAsync(ChatClient chat, ConversationId team, CancellationToken ct)
    {
        await foreach (var entries in chat.ReadBatchesAsync(team, after: 0, ct))
            Console.WriteLine($"{entries[0].Sequence} to {entries[^1].Sequence}");
    }

    public static async Task ViewAsync(
        ChatClient chat, ConversationId team, IList<ViewMessage> list, CancellationToken ct)
    {
        // On the screen's thread.
        var view = await chat.OpenViewAsync(team,
            new ConversationViewOptions { Context = SynchronizationContext.Current }, ct);
        view.MessageAdded += (_, change) => list.Insert(change.Index, change.Message);
        view.MessageChanged += (_, change) => list[change.Index] = change.Message;
        view.MessageRemoved += (_, change) => list.RemoveAt(change.Index);
        view.TypingChanged += (_, change) => Console.WriteLine($"typing: {string.Join(", ", change.State.Typing)}");
        foreach (var message in view.Shown.Messages) list.Add(message);

        await view.MarkReadAsync(ct: ct);         // when the newest message is on the screen
        await view.LoadOlderAsync(count: 50, ct); // when the user scrolls up
        await view.DisposeAsync();                // when the screen closes
    }
}
