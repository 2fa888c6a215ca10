using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>Clients of real servers that come back quickly, and waits for what they show.</summary>
internal static class Live
{
    /// <summary>For what takes long when other tests are at work too.</summary>
    public static ChatClientOptions Options(Uri server, string user) => ChatClientOptions.ForServer(server) with
    {
        UserId = UserId.Parse(user), CallTimeout = Bounds.Run,
        Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(5), MaxDelay = TimeSpan.FromMilliseconds(100)
        },
    };

    public static Task<ChatClient> ConnectAsync(Uri server, string user) =>
        ChatClient.ConnectAsync(Options(server, user)).WaitAsync(Bounds.Wait);

    public static async Task<ConversationId> CreateGroupAsync(this ChatClient client, params string[] others) =>
        (await client.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [.. others.Select(UserId.Parse)] })).Id;

    /// <summary>The whole log as the server has it.</summary>
    public static async Task<List<ConversationEntry>> LogAsync(this ChatClient client, ConversationId conversation)
    {
        var log = new List<ConversationEntry>();
        HistoryPage page;
        do
        {
            page = await client.HistoryAsync(conversation, new HistoryQuery { After = log.Count, Limit = 500 });
            log.AddRange(page.Entries);
        }
        while (log.Count < page.Head);
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(entry => (int)entry.Sequence));
        return log;
    }

    public static IEnumerable<string?> Bodies(this IEnumerable<ConversationEntry> entries, string sender) =>
        entries.OfType<MessageEntry>().Where(message => message.SenderId.Value == sender)
            .Select(message => message.Body);

    /// <summary>Ends when the view shows it.</summary>
    public static async Task UntilAsync(this ConversationView view, Func<ViewState, bool> holds)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(object? sender, ViewChangedEventArgs change)
        {
            if (holds(change.State)) shown.TrySetResult();
        }
        view.Changed += Look;
        try
        {
            if (!holds(view.State)) await shown.Task.WaitAsync(Bounds.Run);
        }
        finally
        {
            view.Changed -= Look;
        }
    }
}
