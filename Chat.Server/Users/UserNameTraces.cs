using Chat.Server.Callers;

namespace Chat.Server.Users;

/// <summary>A user who is erased has no name.</summary>
internal sealed class UserNameTraces(UserDirectory users) : IUserTraces
{
    public Task ForgetAsync(UserKey user, CancellationToken ct) => users.SetNameAsync(user, name: null, ct);
}
