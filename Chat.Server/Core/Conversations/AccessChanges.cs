using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.FanOut.Backplane;

namespace Chat.Server.Core.Conversations;

/// <summary>Announces changes of access to every instance, so that those without a reader in the conversation also drop
/// it from their caches.</summary>
/// <remarks>If an announcement is lost, a change takes effect there after <see cref="CoreOptions.AccessCacheSeconds"/>
/// at the latest.</remarks>
internal sealed class AccessChanges(AccessCache cache, BackplaneExchange exchange) : IBackplaneTopic
{
    private const byte Version = 1;

    public MessageKind Kind => MessageKind.Access;

    /// <summary>Announces committed entries that change who may do what, without users where it concerns all; other
    /// entries are ignored.</summary>
    public void Publish(ConversationEntry entry)
    {
        if (AccessCache.ConcernedBy(entry) is { } users) Publish(entry.ConversationId, users);
    }

    void IBackplaneTopic.Receive(BackplaneChannel channel, ReadOnlyMemory<byte> message)
    {
        var reader = new WireReader(message.Span);
        if (reader.ReadByte() is not Version and var version)
            throw new InvalidDataException($"version {version} of access changes is not known here");
        var conversation = new ConversationId(reader.ReadGuid());
        var count = reader.ReadCount();
        if (count == 0) cache.ForgetAll(conversation);
        for (var left = count; left > 0; left--) cache.Forget(conversation, reader.ReadUser());
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
