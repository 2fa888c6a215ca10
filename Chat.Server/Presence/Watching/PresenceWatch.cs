using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;

namespace Chat.Server.Presence.Watching;

/// <summary>One connection's subscription to the presence of a group.</summary>
/// <param name="writer">The connection.</param>
/// <param name="subscription">Its subscription of the conversation, with which the watch ends; null for the contacts of
/// its user.</param>
internal sealed class PresenceWatch(ClientWriter writer, Subscription? subscription)
{
    public ClientWriter Writer => writer;

    public Subscription? Subscription => subscription;

    /// <summary>False until the answer to the query was sent: a change must not overtake it.</summary>
    public bool IsActive => subscription?.WatchesPresence ?? writer.WatchesContacts;

    /// <summary>False once the connection left the conversation or ended.</summary>
    public bool IsLive => !writer.IsClosed
        && (subscription is null || writer.Find(subscription.Feed.Conversation) == subscription);

    public void Activate()
    {
        if (subscription is null) writer.WatchesContacts = true;
        else subscription.WatchesPresence = true;
    }

    public void Post(EncodedSignal signal) => writer.Post(subscription, [new PendingSignal(signal, null)]);
}
