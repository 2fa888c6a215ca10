using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Core.Conversations;
using Chat.Server.FanOut;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;
using Chat.Server.Presence.Watching;

namespace Chat.Server.Presence;

/// <summary>Answers presence queries, and subscribes the connection to changes from then on. A refusal is a
/// <see cref="ChatException"/>, a failing database a <see cref="StoreException"/>.</summary>
/// <remarks>It subscribes first, then reads, and compares again when the answer was sent
/// (<see cref="PresenceAnswer.Activate"/>): no change is missed.</remarks>
internal sealed class PresenceDesk(
    AccessCache access, PresenceStore store, PresenceSnapshots snapshots, PresenceWatches watches,
    ConversationRosters rosters, ContactCircles circles, IBlocks blocks, PresenceOptions options)
{
    /// <param name="writer">The connection.</param>
    /// <param name="conversation">One that its user may read; null for the user's contacts.</param>
    /// <param name="ct">Cancels waiting.</param>
    public async Task<PresenceAnswer> AskAsync(
        ClientWriter writer, ConversationId? conversation, CancellationToken ct)
    {
        await blocks.PrepareAsync(writer, ct);
        return conversation is { } id ? await AskAboutAsync(writer, id, ct) : await AskContactsAsync(writer, ct);
    }

    private async Task<PresenceAnswer> AskAboutAsync(
        ClientWriter writer, ConversationId conversation, CancellationToken ct)
    {
        if (await access.ReadAsync(conversation, writer.User, ct) is not { MayRead: true } mine)
            throw ChatException.Forbidden();
        var answer = await LookAsync(writer, conversation, mine.Kind == ConversationKind.Public, ct);
        // Checked again: the user may have been removed meanwhile. The watch ends with the subscription.
        return await access.ReadAsync(conversation, writer.User, ct) is { MayRead: true }
            ? answer
            : throw ChatException.Forbidden();
    }

    private async Task<PresenceAnswer> LookAsync(
        ClientWriter writer, ConversationId conversation, bool isPublic, CancellationToken ct)
    {
        if (await TryWatchAsync(writer, conversation, isPublic, ct) is not { } place)
        {
            var (unwatched, _) = isPublic
                ? snapshots.OfEveryone(conversation, writer.User.Tenant, writer.Hidden!)
                : await snapshots.OfLargeAsync(conversation, writer.User.Tenant, writer.Hidden!, ct);
            return new PresenceAnswer(unwatched);
        }
        var (snapshot, online) = isPublic
            ? snapshots.OfEveryone(conversation, writer.User.Tenant, writer.Hidden!)
            : await snapshots.OfAsync(conversation, watches.MembersOf(place.Group), writer.Hidden!, ct);
        return Watched(snapshot, place, online);
    }

    private async Task<PresenceAnswer> AskContactsAsync(ClientWriter writer, CancellationToken ct)
    {
        var contacts = await circles.FindAsync(writer.User, ct);
        if (contacts.Count > options.WatchLimit)
            return new PresenceAnswer((await snapshots.OfAsync(null, contacts, writer.Hidden!, ct)).Snapshot);
        var place = circles.Watch(writer, contacts);
        var (snapshot, online) = await snapshots.OfAsync(null, contacts, writer.Hidden!, ct);
        return Watched(snapshot, place, online);
    }

    /// <summary>Null when the connection has not joined the conversation, or it has too many participants.</summary>
    private async Task<(WatchedGroup Group, PresenceWatch Watch)?> TryWatchAsync(
        ClientWriter writer, ConversationId conversation, bool isPublic, CancellationToken ct)
    {
        if (writer.Find(conversation) is not { } subscription) return null;
        // Counted first, so that a group that is too large is not watched at all.
        if (!isPublic && await store.HasMoreParticipantsAsync(conversation, options.WatchLimit, ct)) return null;
        var place = await rosters.WatchAsync(subscription, isPublic).WaitAsync(ct);
        return watches.IsWithinLimit(place.Group) ? place : null;
    }

    private PresenceAnswer Watched(
        PresenceSnapshot snapshot, (WatchedGroup Group, PresenceWatch Watch) place, IReadOnlySet<UserKey> online) =>
        new(snapshot with { Watching = true }, () => watches.Activate(place.Group, place.Watch, online));
}
