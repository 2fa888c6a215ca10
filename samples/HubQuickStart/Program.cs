using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

var options = ChatClientOptions.ForServer(new Uri("http://localhost:8080")) with { UserId = UserId.Parse("dora") };
await using var chat = new ChatHubConnection(options);

long seen = 0; // keep it, and a restart goes on from here
chat.OnMessage(message =>
{
    seen = message.Sequence;
    Console.WriteLine($"{message.Sequence} {message.SenderId}: {message.Body}");
});
chat.OnEntry(entry => seen = entry.Sequence);
chat.Reconnected += _ => chat.JoinAsync(ConversationId.Lobby, seen);

await chat.StartAsync();
await chat.JoinAsync(ConversationId.Lobby, seen);
await chat.SendAsync(ConversationId.Lobby, "hello from C#");
Console.ReadLine(); // Enter ends it
