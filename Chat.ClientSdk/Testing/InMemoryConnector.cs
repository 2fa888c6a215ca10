using Chat.ClientSdk.Connection;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Testing;

/// <summary>Connects one user to the in-memory server.</summary>
internal sealed class InMemoryConnector(InMemoryWorld world, UserId user) : IChatConnector
{
    public IChatConnection Create() => new InMemoryConnection(world, user);
}
