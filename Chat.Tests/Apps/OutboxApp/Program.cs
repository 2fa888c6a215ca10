// An app with an outbox on disk, for tests that kill it: server, user, conversation, file, how many messages to give to
// the outbox, and "edits" when each is to be edited at once. It says what was accepted, line by line, then sends
// everything and says so.
using System.Globalization;
using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
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
    var message = chat.Enqueue(conversation, $"m{i}");
    await message.Accepted;
    if (args is [.., "edits"])
        await chat.EnqueueEdit(message, new EditMessage { Body = $"m{i} edited" }).Accepted;
    Console.WriteLine($"accepted {i}");
}
await chat.FlushAsync();
Console.WriteLine("sent");
