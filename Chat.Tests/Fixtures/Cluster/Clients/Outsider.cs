using System.Net;
using System.Net.Http.Json;
using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>Tries everything that a user may do who is not a member. It must get <c>forbidden</c> and nothing
/// else.</summary>
internal sealed class Outsider(ClientContext context, string user, Guid conversation)
    : ReconnectingClient(context, user)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private int _refusals;

    /// <summary>How often it was refused, as it should be.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        using var patience = Context.PatienceOf(ct);
        switch (Random.Shared.Next(3))
        {
            case 0:
                await TryRawAsync(instance, patience.Token);
                break;
            case 1:
                await TryHubAsync(instance, patience.Token);
                break;
            default:
                await TryRestAsync(instance, patience.Token);
                break;
        }
        await Task.Delay(Pause, Context.Time, ct);
        return false;
    }

    private async Task TryRawAsync(Uri instance, CancellationToken ct)
    {
        using var link = await RawLink.ConnectAsync(Context, instance, User, "seq", ct);
        await link.JoinAsync(conversation, Random.Shared.Next(2) == 0 ? 0 : null, ct);
        var frame = await link.ReceiveAsync(ct);
        if (frame.Type == "error") Judge("a join", frame.Error().Code);
        else Context.Complain($"{User}, who is not a member, got a frame of type {frame.Type} for its join");
    }

    private async Task TryHubAsync(Uri instance, CancellationToken ct)
    {
        await using var hub = HubLink.Prepare(instance, User);
        hub.OnMessage(message =>
            Context.Complain($"{User}, who is not a member, was shown sequence {message.Sequence}"));
        hub.OnEntry(entry => Context.Complain($"{User}, who is not a member, was shown sequence {entry.Sequence}"));
        await hub.StartAsync(ct);
        var id = new ConversationId(conversation);
        await RefusedAsync("a join", () => hub.JoinAsync(id, 0, ct));
        await RefusedAsync("reading history", () => hub.HistoryAsync(id, ct: ct));
        await RefusedAsync("a message", () => hub.SendAsync(id, $"of {User}", ct: ct));
    }

    private async Task TryRestAsync(Uri instance, CancellationToken ct)
    {
        using var read = await Context.Http.GetAsync(
            new Uri(instance, $"/api/v1/chat/{conversation}/messages?user_id={User}&after_seq=0"), ct);
        Judge("reading history", read);
        using var send = await Context.Http.PostAsJsonAsync(new Uri(instance, $"/api/v1/chat/{conversation}"),
            new { sender_id = User, body = $"of {User}" }, ct);
        Judge("a message", send);
    }

    private async Task RefusedAsync(string what, Func<Task> call)
    {
        try
        {
            await call();
            Context.Complain($"{User}, who is not a member, was not refused {what}");
        }
        catch (ChatRefusedException e)
        {
            Judge(what, e.Code);
        }
    }

    private void Judge(string what, HttpResponseMessage answer)
    {
        if (answer.StatusCode < HttpStatusCode.BadRequest)
            Context.Complain($"{User}, who is not a member, got {(int)answer.StatusCode} for {what}");
        else Judge(what, RestSending.CodeOf(answer.StatusCode));
    }

    private void Judge(string what, ChatErrorCode code)
    {
        if (code == ChatErrorCode.Forbidden) Interlocked.Increment(ref _refusals);
        else if (code != ChatErrorCode.InternalError)
            Context.Complain(
                $"{User}, who is not a member, was refused {what} with {code.ToWire()}, which tells more "
                    + $"than forbidden");
    }
}
