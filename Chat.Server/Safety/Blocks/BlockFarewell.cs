using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.FanOut;
using Chat.Server.FanOut.Signals;
using Chat.Server.Presence.Watching;

namespace Chat.Server.Safety.Blocks;

/// <summary>Changes whom a connection is shown signals of. One who is hidden from now on goes offline for it and ceases
/// to type, as anybody may; one who is seen again comes.</summary>
internal sealed class BlockFarewell(PresenceWatches watches, TypingTracker typing)
{
    public void Change(ClientWriter writer, BlockSet now)
    {
        var before = writer.Hidden ?? BlockSet.None;
        writer.Hidden = now;
        if (ReferenceEquals(before, now)) return;
        foreach (var other in now.Users)
            if (!before.Contains(other)) Hide(writer, other);
        foreach (var other in before.Users)
            if (!now.Contains(other)) watches.Show(writer, writer.User with { Id = other });
    }

    private void Hide(ClientWriter writer, UserId other)
    {
        watches.Hide(writer, writer.User with { Id = other });
        foreach (var conversation in typing.WhereTypes(other))
            writer.Post(new TypingSignal(conversation, other, IsTyping: false) { IsLast = true });
    }
}
