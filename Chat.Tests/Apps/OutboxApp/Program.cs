// An app with an outbox on disk, for tests that kill it: server, user, conversation, file, how many messages to give to
// the outbox. It says what was accepted, line by line, then sends everything and says so.
using System.Globalization;
using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Identifiers;

var options = ChatClientOptions.ForServer(new Uri(args[0])) with
{
    UserId = UserId.Parse(args[1]), Outbox = new OutboxOptions { Store = new FileOutboxStore(args[3]) },
    Reconnect = new ReconnectOptions
    {
        FirstDelay = TimeSpan.FromMilliseconds(50), MaxDelay = TimeSpan.FromMilliseconds(200)
    },
};
var conversation = new ConversationId(Guid.Parse(args[2]));
await using var chat = new ChatClient(options);
await chat.StartAsync();
for (var i = 0; i < int.Parse(args[4], CultureInfo.InvariantCulture); i++)
{
    await chat.Enqueue(conversation, $"m{i}").Accepted;
    Console.WriteLine($"accepted {i}");
}
await chat.FlushAsync();
Console.WriteLine("sent");
