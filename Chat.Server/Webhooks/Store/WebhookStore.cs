using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Chat.Server.Webhooks.Store;

/// <summary>How the endpoints are, for all instances. Failures are <see cref="StoreException"/>.</summary>
internal sealed class WebhookStore(ChatDatabase database)
{
    private const string Add = "insert into webhooks (name) values ({0}) on conflict (name) do nothing";

    /// <summary>One that the database does not know has not failed.</summary>
    public async Task<WebhookRow> FindAsync(string name, CancellationToken ct) => await database.RunAsync(
        db => Of(db, name).AsNoTracking().SingleOrDefaultAsync(ct), ct) ?? new WebhookRow { Name = name };

    /// <summary>All that have failed once.</summary>
    public Task<Dictionary<string, WebhookRow>> ListAsync(CancellationToken ct) => database.RunAsync(
        db => db.Set<WebhookRow>().AsNoTracking().ToDictionaryAsync(w => w.Name, ct), ct);

    /// <summary>Notes that it failed, unless that is known.</summary>
    /// <returns>How it is now.</returns>
    public Task<WebhookRow> FailAsync(string name, DateTimeOffset now, string reason, CancellationToken ct) =>
        database.ChangeAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(Add, [name], ct);
            await Of(db, name).Where(w => w.FailingSince == null && w.DisabledAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(w => w.FailingSince, Microseconds.Truncate(now))
                    .SetProperty(w => w.Reason, Cut(reason)), ct);
            return await Of(db, name).AsNoTracking().SingleAsync(ct);
        }, ct);

    /// <summary>It took something.</summary>
    public Task SucceedAsync(string name, CancellationToken ct) => database.ChangeAsync(
        db => Of(db, name).Where(w => w.DisabledAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.FailingSince, (DateTimeOffset?)null)
                .SetProperty(w => w.Reason, (string?)null), ct), ct);

    /// <summary>False: it was disabled already.</summary>
    public async Task<bool> DisableAsync(string name, DateTimeOffset now, string reason, CancellationToken ct) =>
        await database.ChangeAsync(
            db => Of(db, name).Where(w => w.DisabledAt == null).ExecuteUpdateAsync(
                set => set.SetProperty(w => w.DisabledAt, Microseconds.Truncate(now))
                    .SetProperty(w => w.Reason, Cut(reason)), ct), ct) > 0;

    /// <summary>Its time begins again; false: it was not disabled.</summary>
    public async Task<bool> EnableAsync(string name, CancellationToken ct) => await database.ChangeAsync(
        db => Of(db, name).Where(w => w.DisabledAt != null).ExecuteUpdateAsync(
            set => set.SetProperty(w => w.FailingSince, (DateTimeOffset?)null)
                .SetProperty(w => w.DisabledAt, (DateTimeOffset?)null)
                .SetProperty(w => w.Reason, (string?)null), ct), ct) > 0;

    /// <summary>Null: there is none.</summary>
    public Task<WebhookConversation?> FindConversationAsync(ConversationId conversation, CancellationToken ct) =>
        database.RunAsync(
            db => db.Conversations.Where(c => c.Id == conversation)
                .Select(c => (WebhookConversation?)new WebhookConversation(
                    c.Tenant, c.Kind == ConversationKind.Public))
                .SingleOrDefaultAsync(ct), ct);

    private static IQueryable<WebhookRow> Of(ChatDbContext db, string name) =>
        db.Set<WebhookRow>().Where(w => w.Name == name);

    private static string Cut(string reason) =>
        reason.Length > WebhookRow.ReasonLength ? reason[..WebhookRow.ReasonLength] : reason;
}
