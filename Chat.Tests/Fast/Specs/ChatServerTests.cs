using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Testing;
using Chat.Contracts.Identifiers;

namespace Chat.Tests.Specs;

public sealed class InMemoryChatServerTests : ChatServerSpec
{
    private readonly InMemoryWorld _world = new(TimeProvider.System);

    internal override IChatConnection Connect(UserId user) => new InMemoryConnection(_world, user);

    internal override Task SetNameAsync(UserId user, string? name)
    {
        lock (_world.Gate) _world.SetName(user, name);
        return Task.CompletedTask;
    }

    internal override Task EraseAsync(ConversationId conversation, long? through, UserId? user)
    {
        lock (_world.Gate) _world.Erase(_world.Find(conversation)!, through, user);
        return Task.CompletedTask;
    }
}
