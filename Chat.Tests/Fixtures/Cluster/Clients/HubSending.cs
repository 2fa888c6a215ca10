using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>The SDK's hub connection.</summary>
internal sealed class HubSending(ClientContext context, ChatHubConnection hub, string user, Guid conversation)
    : ISending
{
    public static async Task<ISending> OpenAsync(
        ClientContext context, Uri instance, string user, Guid conversation, CancellationToken ct)
    {
        var hub = HubLink.Prepare(instance, user);
        try
        {
            await hub.StartAsync(ct);
            return new HubSending(context, hub, user, conversation);
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public async Task SendAsync(
        IReadOnlyList<PendingSend> sends, Action<PendingSend, SendAnswer> acknowledged, CancellationToken ct)
    {
        var calls = sends.Select(
            send => hub.SendAsync(new ConversationId(conversation), send.Body, new SendOptions { DedupeKey = send.Key },
                ct)).ToArray();
        try
        {
            for (var i = 0; i < calls.Length; i++) acknowledged(sends[i], SendAnswer.Of(await calls[i]));
        }
        catch (ChatRefusedException e)
        {
            throw context.Refused(user, "a message", e.Code, e.Error.Message);
        }
        finally
        {
            await Task.WhenAll(calls).ContinueWith(_ => { }, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}
