using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Benchmarks.Load.Traffic;

/// <summary>Makes conversations over the hub, as a user who takes no other part in the load.</summary>
internal sealed class Conversations : IAsyncDisposable
{
    private readonly ChatHubConnection _owner;

    private Conversations(ChatHubConnection owner) => _owner = owner;

    public static async Task<Conversations> ConnectAsync(LoadTarget target, string user, CancellationToken ct)
    {
        var owner = new ChatHubConnection(
            new ChatClientOptions
            {
                Url = target.Hub, UserId = UserId.Parse(user), Transports = ChatTransports.WebSockets, Reconnect = null
            });
        await owner.StartAsync(ct);
        return new Conversations(owner);
    }

    public async Task<ConversationId> CreateAsync(IEnumerable<UserId> users, CancellationToken ct)
    {
        ConversationId? made = null;
        foreach (var chunk in users.Chunk(ChatLimits.ParticipantsPerRequest))
        {
            if (made is { } id) await _owner.AddParticipantsAsync(id, chunk, ct);
            else made =
                (await _owner.CreateConversationAsync(new CreateConversation { ParticipantIds = chunk }, ct)).Id;
        }
        return made ?? throw new ArgumentException("a conversation needs users", nameof(users));
    }

    public Task<Contracts.Events.HistoryPage> HistoryAsync(
        ConversationId conversation, HistoryQuery query, CancellationToken ct) =>
        _owner.HistoryAsync(conversation, query, ct);

    public ValueTask DisposeAsync() => _owner.DisposeAsync();
}
