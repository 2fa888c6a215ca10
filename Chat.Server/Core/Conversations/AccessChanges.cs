using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Core.Conversations;

/// <summary>Tells every instance whose access changed, so that those that have no reader in the conversation stop
/// remembering it too.</summary>
/// <remarks>Where this is lost, <see cref="CoreOptions.AccessCacheSeconds"/> is what a change may take to hold
/// there.</remarks>
internal sealed class AccessChanges(AccessCache cache, BackplaneExchange exchange) : IBackplaneTopic
{
    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Access;

    /// <summary>Tells of committed membership entries; the others are passed over.</summary>
    public void Publish(ConversationEntry entry)
    {
        if (entry is ParticipantRemovedEntry removed) Publish(entry.ConversationId, [removed.ParticipantId]);
        else if (entry is ParticipantsAddedEntry added) Publish(entry.ConversationId, added.ParticipantIds);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of access changes is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        for (var left = reader.ReadCount(); left > 0; left--) cache.Forget(conversation, reader.ReadUser());
    }

    void IBackplaneTopic.Recover() => cache.ForgetAll();

    private void Publish(ConversationId conversation, IReadOnlyList<UserId> users)
    {
        if (!exchange.HasPeers) return;
        var writer = WireWriter.Start();
        writer.WriteByte(Version);
        writer.WriteGuid(conversation.Value);
        writer.WriteCount(users.Count);
        foreach (var user in users) writer.WriteText(user.Value);
        exchange.Publish(BackplaneChannel.Everyone, writer.ToArray(), Kind);
    }
}
