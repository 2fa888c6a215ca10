using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs.Transports;

/// <summary>A hub connection through a proxy, so that it can be cut. The protocol is the derived class's.</summary>
internal abstract class ProxiedHubClient(TestServer server, string user) : ITestClient
{
    private readonly FaultProxy _proxy = new(server.Url);
    private readonly Inbox<Seen> _messages = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string User => user;

    protected Uri Address => _proxy.Address;

    public Task JoinAsync(ConversationId conversation, long? after = null) =>
        TranslateAsync(CallJoinAsync(conversation, after));

    public Task LeaveAsync(ConversationId conversation) => TranslateAsync(CallLeaveAsync(conversation));

    public Task SendAsync(ConversationId conversation, string body, string? dedupeKey = null) =>
        TranslateAsync(CallSendAsync(conversation, body, dedupeKey));

    public Task<Seen> NextAsync() => _messages.NextAsync();

    public async Task CutAsync()
    {
        _proxy.Cut();
        await _closed.Task.WaitAsync(Bounds.Wait);
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeHubAsync();
        await _proxy.DisposeAsync();
    }

    protected abstract Task CallJoinAsync(ConversationId conversation, long? after);

    protected abstract Task CallLeaveAsync(ConversationId conversation);

    protected abstract Task CallSendAsync(ConversationId conversation, string body, string? dedupeKey);

    /// <summary>The refusal that an exception of the client is; null for anything else.</summary>
    protected abstract ChatError? RefusalOf(Exception failure);

    protected abstract ValueTask DisposeHubAsync();

    protected void OnMessage(long sequence, string sender, string? body) =>
        _messages.Add(new Seen(sequence, sender, body));

    protected Task OnClosed(Exception? _)
    {
        _closed.TrySetResult();
        return Task.CompletedTask;
    }

    private async Task TranslateAsync(Task call)
    {
        try
        {
            await call.WaitAsync(Bounds.Wait);
        }
        catch (Exception e) when (RefusalOf(e) is { } refusal)
        {
            throw new RefusedException(refusal.Code.ToWire(), refusal.Message);
        }
    }
}
