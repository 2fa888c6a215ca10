using Chat.ClientSdk;
using Chat.ClientSdk.Connection;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;

namespace Chat.Tests.Specs;

/// <summary>What a server pushed, in order: entries, ids of closed conversations and requests as one stream; signals,
/// which come in no order with them, as another.</summary>
internal sealed class RecordedPushes
{
    private readonly Inbox<object> _pushes = new();

    /// <summary>Typing, read positions, presence.</summary>
    public Inbox<object> Signals { get; } = new();

    /// <summary>What changed in the list of conversations.</summary>
    public Inbox<ConversationListChange> Lists { get; } = new();

    /// <summary>Who has another name.</summary>
    public Inbox<UserProfile> Users { get; } = new();

    /// <summary>Where the open reports have changed.</summary>
    public Inbox<ReportsChange> Reports { get; } = new();

    public Task<object> NextAsync() => _pushes.NextAsync();

    public async Task<IEnumerable<long>> SequencesAsync(int count) =>
        (await _pushes.TakeAsync(count)).Select(push => ((ConversationEntry)push).Sequence);

    public void Take(Push push)
    {
        switch (push)
        {
            case Push.Entry { Value: var entry }: _pushes.Add(entry); break;
            case Push.Closed { Id: var id }: _pushes.Add(id); break;
            case Push.Reconnect { Request: var request }: _pushes.Add(request); break;
            case Push.Listed { Change: var change }: Lists.Add(change); break;
            case Push.Reports { Change: var change }: Reports.Add(change); break;
            case Push.User { Profile: var profile }: Users.Add(profile); break;
            case Push.Typing { Change: var change }: Signals.Add(change); break;
            case Push.ReadOn { Position: var position }: Signals.Add(position); break;
            case Push.Presence { Change: var change }: Signals.Add(change); break;
            default: throw new InvalidOperationException($"{push} is not recorded.");
        }
    }
}
