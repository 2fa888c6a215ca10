using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Persistence;
using Chat.Server.Presence.Store;

namespace Chat.Tests.Fixtures;

/// <summary>Where a test does not say otherwise its users and conversations are the default tenant's.</summary>
internal static class DefaultTenant
{
    public static UserKey User(string name) => UserId.Parse(name).Key();

    public static UserKey Key(this UserId user) => new(Tenant.Default, user);

    public static Caller AsCaller(this UserId user) => new(user.Key());

    public static Task<ConversationSummary> CreateAsync(
        this ConversationStore store, ConversationCreatedEntry created, ConversationKind kind, bool hasOwner,
        CancellationToken ct) => store.CreateAsync(Tenant.Default, created, kind, hasOwner, ct);

    public static Task<IReadOnlyList<ConversationSummary>> ListAsync(
        this ConversationStore store, UserId user, CheckedListPage page, CancellationToken ct, bool hasLobby = true) =>
        store.ListAsync(user.Key(), page, ct, hasLobby);

    public static Task<ReadMove> MarkReadAsync(
        this ConversationStore store, ConversationId conversation, UserId user, long sequence, CancellationToken ct) =>
        store.MarkReadAsync(conversation, user.Key(), sequence, ct);

    public static Task SetMutedAsync(
        this ConversationStore store, ConversationId conversation, UserId user, bool isMuted, CancellationToken ct) =>
        store.SetMutedAsync(conversation, user.Key(), isMuted, ct);

    public static Task<bool> ExistsAsync(
        this ConversationStore store, ConversationId conversation, CancellationToken ct) =>
        store.ExistsAsync(conversation, Tenant.Default, ct);

    public static async Task<List<UserId>> FindContactsAsync(
        this PresenceStore store, UserId user, int limit, CancellationToken ct) =>
        (await store.FindContactsAsync(user.Key(), limit, ct)).ConvertAll(contact => contact.Id);
}
