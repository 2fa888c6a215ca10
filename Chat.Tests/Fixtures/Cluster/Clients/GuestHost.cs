using Chat.ClientSdk;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Fixtures.Cluster.Clients;

/// <summary>The owner of a group, who removes one member and adds it again, until told to stop; at the end it is a
/// member.</summary>
/// <remarks>Removing and adding have no dedupe key: what an instance carries out late would undo the next step. So this
/// client is patient: it waits for the answer as long as the connection lives, and a moment longer where it does
/// not.</remarks>
internal sealed class GuestHost(ClientContext context, string user, Guid conversation, string guest)
    : ReconnectingClient(context, user)
{
    private static readonly TimeSpan MuchPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterLoss = TimeSpan.FromMilliseconds(400);

    private readonly List<long> _addedAt = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _removed;
    private int _steps;

    /// <summary>For each removal, when it was first asked to add the guest again.</summary>
    public IReadOnlyList<long> AddedAt => _addedAt;

    /// <summary>It was told to stop, and the guest is a member.</summary>
    public bool IsDone { get; private set; }

    /// <summary>No more removals. <see cref="ReconnectingClient.RunAsync"/> ends once the guest is a member.</summary>
    public void Stop() => _stop.Cancel();

    protected override async Task<bool> RunConnectionAsync(Uri instance, CancellationToken ct)
    {
        var id = new ConversationId(conversation);
        await using var hub = HubLink.Prepare(instance, User);
        using (var patience = Context.PatienceOf(ct)) await hub.StartAsync(patience.Token);
        try
        {
            while (true)
            {
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(100, 600)), Context.Time, pause.Token)
                    .ContinueWith(_ => { }, TaskScheduler.Default);
                ct.ThrowIfCancellationRequested();
                using var patience = Context.PatienceOf(ct, MuchPatience);
                if (_removed)
                {
                    // The first attempt counts: it may have worked though its answer was lost.
                    if (_addedAt.Count < _steps) _addedAt.Add(Context.Time.GetTimestamp());
                    await hub.AddParticipantsAsync(id, [UserId.Parse(guest)], patience.Token);
                    _removed = false;
                }
                else if (!_stop.IsCancellationRequested || _steps > _addedAt.Count)
                {
                    // A removal that is not known to have worked is finished before the end, so that it cannot come
                    // later.
                    if (_steps == _addedAt.Count) _steps++;
                    await hub.RemoveParticipantAsync(id, UserId.Parse(guest), patience.Token);
                    _removed = true;
                }
                else
                {
                    return IsDone = true;
                }
            }
        }
        catch (ChatRefusedException e)
        {
            throw Context.Refused(User, "adding or removing a member", e.Code, e.Error.Message);
        }
        catch (ChatDisconnectedException)
        {
            await Task.Delay(AfterLoss, Context.Time, ct);
            throw;
        }
    }
}
