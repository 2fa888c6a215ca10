using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Core;
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
        var key = new UserKey(TenantOf(tenant), user);
        var entry = new AuditEntry(key.Tenant, Name, Erasures.ErasureEndpoints.Act, user.Value);
        return Refusals.TranslateAsync(async () => (await erasures.BeginAsync(key, entry, ct)).Id);
    }

    private ChatActor Actor(UserId user, string tenant, bool isApplication)
    {
        ArgumentException.ThrowIfNullOrEmpty(user.Value);
        var caller = new Caller(new UserKey(TenantOf(tenant), user)) { Key = Name, IsApplication = isApplication };
        return new ChatActor(caller, chat, rights, admission);
    }

    private static Tenant TenantOf(string name) => Tenant.TryCreate(name, out var tenant)
        ? tenant
        : throw new ArgumentException($"'{name}' is no tenant; one has {Tenant.Rule}", nameof(name));
}
