using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.JavaScript;

/// <summary>The JavaScript client in Node, against a real server over a network that breaks.</summary>
public sealed class ChatClientTests
{
    private const int Messages = 100;

    private const int Rounds = Messages / 10, PerRound = 30;

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
            foreach (var user in Users)
                readers.Add(
                    new Shown(
                        await NodeClient.RunAsync(Node.Folder, "chat.mjs", proxy.Address.ToString(), user,
                            conversation.ToString(), $"{Messages}", string.Join(',', Users))));
            try
            {
                for (var round = 1; round <= Rounds; round++)
                {
                    // What breaks first is what the server says, or what the clients say; then all connections; every
                    // third time the server.
                    if (round % 2 == 0) proxy.CutAfter(700);
                    else proxy.CutAfterFromClient(500);
                    foreach (var reader in readers) await reader.GoOnAsync();
                    await readers[0].UntilShownAsync(1 + ((round - 1) * PerRound) + (PerRound / 3));
                    proxy.Cut();
                    if (round % 3 == 0)
                    {
                        await server.DisposeAsync(); // killed
                        server = await ServerProcess.ServeAsync(storage);
                        proxy.Target = server.Url;
                    }
                    foreach (var reader in readers) await reader.UntilShownAsync(1 + (round * PerRound));
                }
                foreach (var reader in readers) await reader.UntilDoneAsync();
                Assert.Equal(Rounds, proxy.Cuts);
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
        await using var owner = new ChatHubConnection(
            ChatClientOptions.ForServer(url) with { UserId = UserId.Parse("ann"), Reconnect = null });
        await owner.StartAsync();
        return (await owner.CreateConversationAsync(
            new CreateConversation { ParticipantIds = [.. Users.Select(UserId.Parse)] })).Id;
    }

    private static async Task CheckAsync(Uri url, ConversationId conversation, List<Shown> readers)
    {
        await using var witness = new ChatHubConnection(
            ChatClientOptions.ForServer(url) with { UserId = UserId.Parse("ann"), Reconnect = null });
        await witness.StartAsync();
        var log = (await witness.HistoryAsync(conversation, new HistoryQuery { After = 0, Limit = 500 })).Entries;
        Assert.Equal((Messages * Users.Length) + 1, log.Count);
        foreach (var user in Users)
            Assert.Equal([.. Enumerable.Range(1, Messages - 1).Select(n => $"{n}"), "the last"],
                log.OfType<MessageEntry>().Where(message => message.SenderId.Value == user)
                    .Select(message => message.Body));
        foreach (var (reader, user) in readers.Zip(Users))
        {
            // Each ends at the last of the last messages, which is the end of the log.
            Assert.Equal(log.Select(entry => (entry.Sequence, entry.Id.ToString())), reader.Entries);
            Assert.Equal(log.Where(entry => entry is MessageEntry && entry.SenderId.Value == user)
                .Select(entry => entry.Sequence), reader.Receipts);
            Assert.Equal(0, reader.Pending);
        }
    }

    private sealed class Shown(NodeClient node) : IAsyncDisposable
    {
        public List<(long Sequence, string Id)> Entries { get; } = [];

        public List<long> Receipts { get; private set; } = [];

        public int Pending { get; private set; } = -1;

        /// <summary>Ten messages more.</summary>
        public Task GoOnAsync() => node.TellAsync("");

        public async Task UntilShownAsync(int count)
        {
            while (Entries.Count < count) Note(await node.NextAsync());
        }

        public async Task UntilDoneAsync()
        {
            while (Note(await node.NextAsync()) != "done") { }
            Assert.Equal(0, await node.ExitAsync());
        }

        public ValueTask DisposeAsync() => node.DisposeAsync();

        private string Note((string Event, JsonElement Value) said)
        {
            if (said.Event == "receipts")
                Receipts = [.. said.Value.EnumerateArray().Select(sequence => sequence.GetInt64())];
            else if (said.Event == "pending") Pending = said.Value.GetArrayLength();
            else if (said.Event == "shown")
                Entries.Add((said.Value.GetProperty("sequence").GetInt64(), said.Value.GetProperty("id").GetString()!));
            return said.Event;
        }
    }
}
