using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.ClientSdk.Reading;

/// <summary>A scripted link, a clock, and clients that read one conversation.</summary>
public abstract class ReadingScene
{
    private protected static readonly ConversationId Room = ConversationId.New(Drafts.Noon);

    private protected readonly ScriptedLink _link = new ScriptedLink().Connect();
    private protected readonly ManualTime _time = new();

    private protected ChatClient Client(ReadingOptions? reading = null) =>
        new(ChatClientOptions.ForServer(new Uri("http://localhost")) with
        {
            Reading = reading ?? new(), TimeProvider = _time
        }, _link);

    private protected static async Task<bool> YieldAsync(bool condition)
    {
        await Task.Yield();
        return condition;
    }

    private protected Task JoinedAsync() =>
        Eventually.HoldsAsync(() => YieldAsync(_link.Current is not null && _link.Hub.HasJoined(Room)));
}
