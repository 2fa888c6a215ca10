using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
await using var chat = await ChatClient.ConnectAsync(
    ChatClientOptions.ForServer(new Uri("http://localhost:8080")) with { UserId = UserId.Parse("dora") });
await chat.SendAsync(ConversationId.Lobby, "hello from C#");
await foreach (var entry in chat.ReadAsync(ConversationId.Lobby, after: 0))
    if (entry is MessageEntry message) Console.WriteLine($"{message.Sequence} {message.SenderId}: {message.Body}");
