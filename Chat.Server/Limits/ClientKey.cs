using Chat.Server.Callers;

namespace Chat.Server.Limits;

/// <summary>Whom limits count beside single connections: a user where a token says who it is, else an address. In open
/// mode a name is no identity: a client that is refused under one takes the next.</summary>
/// <param name="User">The user; null where it is an address.</param>
/// <param name="Address">The address, where it is one.</param>
internal readonly record struct ClientKey(UserKey? User, AddressKey Address)
{
    public static ClientKey Of(UserKey user) => new(user, default);

    public static ClientKey Of(AddressKey address) => new(null, address);
}
