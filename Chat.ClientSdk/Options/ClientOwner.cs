using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk;

/// <summary>The owner of what a client keeps: a server, a tenant and a user.</summary>
internal sealed class ClientOwner
{
    private const string DefaultTenant = "default";

    private readonly string _server;
    private readonly TaskCompletionSource<string> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ClientOwner(ChatClientOptions options)
    {
        _server = options.Url.GetLeftPart(UriPartial.Path);
        if (options.UserId is not null || options.AccessTokenProvider is null)
            _known.SetResult(NameOf(options.Tenant ?? DefaultTenant, options.UserId));
    }

    /// <summary>Completes when the server has said whose token it is, where the options do not.</summary>
    public Task<string> Name => _known.Task;

    /// <summary>The server says whose the token is.</summary>
    /// <exception cref="ChatOtherUserException">It is another's.</exception>
    public void Meet(CallerIdentity caller)
    {
        var name = NameOf(caller.Tenant, caller.UserId);
        if (_known.TrySetResult(name) || _known.Task.Result == name) return;
        throw new ChatOtherUserException(
            $"The token is of another user, {caller.UserId} of the tenant {caller.Tenant}: make a client for each.");
    }

    // The user comes last and may have any characters; an address has neither # nor a space here.
    private string NameOf(string tenant, UserId? user) =>
        $"{_server}{(tenant == DefaultTenant ? "" : $"#{tenant}")} {user}";
}
