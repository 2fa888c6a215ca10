using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Audit;
using Chat.Server.Callers;
using Chat.Server.Erasures;
using Chat.Server.Erasures.Store;

namespace Chat.Server.Application;

/// <summary>The chat for the application that it is part of.</summary>
internal sealed class InProcessChat(ActorCalls calls, ApplicationDesk desk, UserErasureStore erasures) : IChat
{
    /// <summary>How the audit names the application.</summary>
    private const string Name = "application";

    public IChatActor As(UserId user, string tenant = "default") => Actor(user, tenant, isApplication: false);

    public IChatActor AsSystemFor(UserId sender, string tenant = "default") =>
        Actor(sender, tenant, isApplication: true);

    public Task<Guid> EraseUserAsync(UserId user, string tenant = "default", CancellationToken ct = default)
    {
        var key = KeyOf(user, tenant);
        var entry = EntryOf(key.Tenant) with { Act = ErasureEndpoints.Act, Target = user.Value };
        return Refusals.TranslateAsync(async () => (await erasures.BeginAsync(key, entry, ct)).Id);
    }

    public Task<UserErasure?> FindErasureAsync(Guid id, CancellationToken ct = default) => Refusals.TranslateAsync(
        async () => await erasures.FindAsync(id, ct) is { } row
            ? new UserErasure(row.Id, row.UserId, row.Tenant.Name)
            {
                Conversations = row.Conversations, Messages = row.Messages, FinishedAt = row.FinishedAt,
            }
            : null);

    public Task ExportUserAsync(
        UserId user, Stream output, string tenant = "default", CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var key = KeyOf(user, tenant);
        return Refusals.TranslateAsync(() => desk.ExportUserAsync(key, output, EntryOf(key.Tenant), ct));
    }

    public Task<ImportReport> ImportAsync(
        IAsyncEnumerable<ConversationEntry> entries, ImportOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        options ??= new ImportOptions();
        var (tenant, kind) = (Tenant.OfArgument(options.Tenant), options.Kind);
        return Refusals.TranslateAsync(() => desk.ImportAsync(tenant, kind, entries, EntryOf(tenant), ct));
    }

    public async Task RewindAsync(
        string observer, ChatStart to, ConversationId? only = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (!await Refusals.TranslateAsync(() => desk.RewindAsync(observer, to, only, EntryOf(null), ct)))
            throw new ArgumentException($"there is no observer {observer}", nameof(observer));
    }

    private static AuditEntry EntryOf(Tenant? tenant) => new(tenant, Name, Act: "", Target: "");

    private static UserKey KeyOf(UserId user, string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(user.Value);
        return new UserKey(Tenant.OfArgument(tenant), user);
    }

    private ChatActor Actor(UserId user, string tenant, bool isApplication) =>
        new(new Caller(KeyOf(user, tenant)) { Key = Name, IsApplication = isApplication }, calls);
}
