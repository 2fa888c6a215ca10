using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;
using Chat.Tests.Unit.ClientSdk;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The JavaScript client in Node, against a real server over a network that breaks.</summary>
public sealed class ChatClientTests
{
    private const int Messages = 100;

    private static readonly string[] Users = ["ann", "ben", "cleo"];

    [NodeFact]
    public async Task Over_cuts_and_restarts_everyone_is_shown_the_log_and_each_send_is_stored_once()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var storage = ("ConnectionStrings__Chat", database.Settings.ConnectionString);
        var server = await ServerProcess.ServeAsync(storage);
        try
        {
            var conversation = await CreateGroupAsync(server.Url);
            await using var proxy = new FaultProxy(server.Url);
            var readers = new List<Shown>();
            foreach (var user in Users) readers.Add(new Shown(await NodeClient.RunAsync(Node.Folder, "chat.mjs", proxy.Address.ToString(), user, conversation.ToString(), $"{Messages}", string.Join(',', Users))));
            try
            {
                var ends = readers.Skip(1).Select(reader => reader.UntilDoneAsync(_ => Task.CompletedTask)).ToList();
                await readers[0].UntilDoneAsync(async shown =>
                {
                    // Half of the cuts strike what the server says, half what the clients say.
                    if (shown % 24 == 0) proxy.CutAfter(400);
                    else if (shown % 12 == 0) proxy.CutAfterFromClient(300);
                    else if (shown % 7 == 0) proxy.Cut();
                    if (shown is not (60 or 140 or 220)) return;
                    await server.DisposeAsync(); // killed
                    server = await ServerProcess.ServeAsync(storage);
                    proxy.Target = server.Url;
                });
                await Task.WhenAll(ends);
            }
            finally
            {
                foreach (var reader in readers) await reader.DisposeAsync();
            }
            await CheckAsync(server.Url, conversation, readers);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<ConversationId> CreateGroupAsync(Uri url)
    {
        await using var owner = new ChatHubConnection(ChatClientOptions.ForServer(url) with { UserId = UserId.Parse("ann"), Reconnect = null });
        await owner.StartAsync();
        return (await owner.CreateConversationAsync(new CreateConversation { ParticipantIds = [.. Users.Select(UserId.Parse)] })).Id;
    }

    private static async Task CheckAsync(Uri url, ConversationId conversation, List<Shown> readers)
    {
        await using var witness = new ChatHubConnection(ChatClientOptions.ForServer(url) with { UserId = UserId.Parse("ann"), Reconnect = null });
        await witness.StartAsync();
        var log = (await witness.HistoryAsync(conversation, new HistoryQuery { After = 0, Limit = 500 })).Entries;
        Assert.Equal((Messages * Users.Length) + 1, log.Count);
        foreach (var user in Users)
            Assert.Equal([.. Enumerable.Range(1, Messages - 1).Select(n => $"{n}"), "the last"], log.OfType<MessageEntry>().Where(message => message.SenderId.Value == user).Select(message => message.Body));
        foreach (var (reader, user) in readers.Zip(Users))
        {
            // Each ends at the last of the last messages, which is the end of the log.
            Assert.Equal(log.Select(entry => (entry.Sequence, entry.Id.ToString())), reader.Entries);
            Assert.Equal(log.Where(entry => entry is MessageEntry && entry.SenderId.Value == user).Select(entry => entry.Sequence), reader.Receipts);
            Assert.Equal(0, reader.Pending);
        }
    }

    private sealed class Shown(NodeClient node) : IAsyncDisposable
    {
        public List<(long Sequence, string Id)> Entries { get; } = [];

        public List<long> Receipts { get; private set; } = [];

        public int Pending { get; private set; } = -1;

        public async Task UntilDoneAsync(Func<int, Task> onShown)
        {
            while (true)
            {
                var (name, value) = await node.NextAsync();
                if (name == "receipts") Receipts = [.. value.EnumerateArray().Select(sequence => sequence.GetInt64())];
                else if (name == "pending") Pending = value.GetArrayLength();
                else if (name == "done") break;
                else if (name == "shown") await ShownAsync(value, onShown);
            }
            Assert.Equal(0, await node.ExitAsync());
        }

        public ValueTask DisposeAsync() => node.DisposeAsync();

        private Task ShownAsync(JsonElement entry, Func<int, Task> onShown)
        {
            Entries.Add((entry.GetProperty("sequence").GetInt64(), entry.GetProperty("id").GetString()!));
            return onShown(Entries.Count);
        }
    }
}
