// A user with the .NET SDK of whatever version it is built in: server, user, conversation. It reads the conversation
// from its beginning, opens a view, and says what it is shown as JSON lines; each line of its input is sent as a
// message.
// It has nothing that only a later SDK has: tools/version-before/run.sh builds it in the version before.
using System.Text.Json;
using Chat.ClientSdk;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;

var options = ChatClientOptions.ForServer(new Uri(args[0])) with
{
    UserId = UserId.Parse(args[1]),
    Reconnect = new ReconnectOptions
    {
        FirstDelay = TimeSpan.FromMilliseconds(20), MaxDelay = TimeSpan.FromMilliseconds(250)
    },
};
var conversation = new ConversationId(Guid.Parse(args[2]));
await using var chat = await ChatClient.ConnectAsync(options);
await using var view = await chat.OpenViewAsync(conversation);
view.Changed += (_, change) =>
    Say("view", change.State.Messages.Select(one => new { sequence = one.Sequence, body = one.Body }));
var reading = Task.Run(async () =>
{
    await foreach (var entry in chat.ReadAsync(conversation, after: 0))
        Say("shown", new { sequence = entry.Sequence, kind = $"{entry.Kind}", body = (entry as MessageEntry)?.Body });
});
while (await Console.In.ReadLineAsync() is { } line)
    Say("sent", new { sequence = (await chat.SendAsync(conversation, line)).Sequence });
await reading;

static void Say(string what, object value)
{
    var text = JsonSerializer.Serialize(new { @event = what, value });
    lock (Console.Out) Console.WriteLine(text);
}
