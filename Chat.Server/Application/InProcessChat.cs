using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.Erasures.Store;
using Chat.Server.Rights;

namespace Chat.Server.Application;

/// <summary>The chat for the application that it is part of.</summary>
internal sealed class InProcessChat(
    ChatService chat, ConversationRights rights, Admission admission, UserErasureStore erasures) : IChat
{
    /// <summary>How the audit names the application.</summary>
    private const string Name = "application";

    public IChatActor As(UserId user, string tenant = "default") => Actor(user, tenant, isApplication: false);

    public IChatActor AsSystemFor(UserId sender, string tenant = "default") =>
        Actor(sender, tenant, isApplication: true);

    public Task<Guid> EraseUserAsync(UserId user, string tenant = "default", CancellationToken ct = default)
    {
        var key = new UserKey(Tenant.OfArgument(tenant), user);
        var entry = new AuditEntry(key.Tenant, Name, ErasureEndpoints.Act, user.Value);
        return Refusals.TranslateAsync(async () => (await erasures.BeginAsync(key, entry, ct)).Id);
    }

    private ChatActor Actor(UserId user, string tenant, bool isApplication)
    {
        ArgumentException.ThrowIfNullOrEmpty(user.Value);
        var key = new UserKey(Tenant.OfArgument(tenant), user);
        var caller = new Caller(key) { Key = Name, IsApplication = isApplication };
        return new ChatActor(caller, chat, rights, admission);
    }
}
