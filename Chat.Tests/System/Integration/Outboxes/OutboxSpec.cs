using System.Net;
using System.Text.Json;
using System.Transactions;
using Chat.Contracts.Identifiers;
using Chat.Server;
using Chat.Server.Outbox;
using Chat.Server.Outbox.Store;
using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Integration.Outboxes;

/// <summary>CH-291 to CH-293: messages that are sent with the application's own transactions.</summary>
[RequiresPostgres]
public abstract class OutboxSpec
{
    private static readonly UserId Shop = UserId.Parse("shop");

    internal abstract DatabaseKind Kind { get; }

    // CH-291, CH-292
    [SpecFact]
    public async Task What_is_committed_is_sent_once_and_in_order_and_what_is_rolled_back_never_is()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var rooms = new[] { await site.RoomAsync(), await site.RoomAsync() };
        var random = new Random(17);
        var committed = rooms.ToDictionary(room => room, _ => new List<string>());
        for (var number = 0; number < 200; number++)
        {
            var room = rooms[random.Next(rooms.Length)];
            var text = $"{number}";
            if (await site.ShopAsync(db => ChangeAsync(db, random, room, text))) committed[room].Add(text);
            if (number % 60 == 59) await site.RestartAsync();
        }
        foreach (var room in rooms)
        {
            await Eventually.HoldsAsync(async () => (await site.BodiesAsync(room)).Count >= committed[room].Count);
            Assert.Equal(committed[room], await site.BodiesAsync(room));
        }
        await Eventually.HoldsAsync(async () => (await site.WaitingAsync()).Count == 0);
        Assert.Equal("", site.Server.TakeErrors());
    }

    // CH-291: the process ended between the two
    [SpecFact]
    public async Task A_message_that_is_in_the_log_already_is_not_sent_again()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var room = await site.RoomAsync();
        await site.ShopAsync(async db =>
        {
            db.Chat().Send(room, Shop, "once", new() { DedupeKey = "order-17" });
            await db.SaveChangesAsync();
            db.Chat().Send(room, Shop, "once", new() { DedupeKey = "order-17" });
            db.Chat().Send(room, Shop, "twice");
            await db.SaveChangesAsync();
        });
        await Eventually.HoldsAsync(async () => (await site.WaitingAsync()).Count == 0);
        Assert.Equal(["once", "twice"], await site.BodiesAsync(room));
    }

    // CH-292
    [SpecFact]
    public async Task What_another_process_left_is_sent_a_little_later()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var room = await site.RoomAsync();
        var process = Guid.NewGuid();
        await site.ShopAsync(db => db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Chat().Send(room, Shop, "left behind");
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlAsync($"update chat_outbox set process = {process}");
            await transaction.CommitAsync();
        }));
        await Eventually.HoldsAsync(async () => (await site.BodiesAsync(room)).Contains("left behind"));
    }

    // CH-292
    [SpecFact]
    public async Task Each_process_finds_its_own_and_beside_them_only_some_old_ones_of_others()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var (room, own, other) = (await site.RoomAsync(), Guid.NewGuid(), Guid.NewGuid());
        var later = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1); // nobody sends them before
        await site.ShopAsync(db =>
        {
            for (var i = 0; i < 3 * IOutboxStore.OthersBatch; i++)
                db.Set<OutboxRow>().Add(new OutboxRow
                {
                    Id = Guid.CreateVersion7(), Process = i % 3 == 0 ? own : other, Tenant = "default",
                    ConversationId = room.Value, SenderId = Shop.Value, Body = $"{i}", CreatedAt = later,
                });
            return db.SaveChangesAsync();
        });
        var store = site.Server.Services.GetRequiredService<IOutboxStore>();
        var found = await store.FindAsync(own, CancellationToken.None);
        Assert.Equal(IOutboxStore.OthersBatch, found.Count);
        Assert.All(found, row => Assert.Equal(own, row.Process));
        Assert.Equal(found.Select(row => row.Number).Order(), found.Select(row => row.Number));
        var others = await store.FindOthersAsync(own, later.AddMinutes(1), CancellationToken.None);
        Assert.Equal(IOutboxStore.OthersBatch, others.Count);
        Assert.All(others, row => Assert.Equal(other, row.Process));
        Assert.Equal(others.Select(row => row.Number).Order(), others.Select(row => row.Number));
        Assert.Empty(await store.FindOthersAsync(own, later.AddMinutes(-1), CancellationToken.None));
    }

    // CH-293
    [SpecFact]
    public async Task A_refused_message_keeps_its_reason_and_holds_up_its_conversation_only()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var (room, nowhere) = (await site.RoomAsync(), ConversationId.New(TimeProvider.System.GetUtcNow()));
        await site.ShopAsync(db =>
        {
            db.Chat().Send(nowhere, Shop, "to nobody");
            db.Chat().Send(nowhere, Shop, "behind it");
            db.Chat().Send(room, Shop, "to a room");
            return db.SaveChangesAsync();
        });
        await Eventually.HoldsAsync(async () => (await site.BodiesAsync(room)).Contains("to a room"));
        await Eventually.HoldsAsync(async () =>
            (await site.WaitingAsync()) is [var first, "behind it|"] && first.StartsWith("to nobody|forbidden: "));
        Assert.Contains("was refused", site.Server.TakeErrors(), StringComparison.Ordinal);

        await site.ExecuteAsync($"update chat_outbox set error = null, conversation_id = (select "
            + $"'{Spell(room)}'{(Kind == DatabaseKind.Sqlite ? "" : "::uuid")})");
        await Eventually.HoldsAsync(async () => (await site.WaitingAsync()).Count == 0);
        Assert.Equal(["to a room", "to nobody", "behind it"], await site.BodiesAsync(room));
    }

    // CH-293
    [SpecFact]
    public async Task Operators_see_what_was_refused_and_end_it()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var nowhere = ConversationId.New(TimeProvider.System.GetUtcNow());
        await site.ShopAsync(db =>
        {
            db.Chat().Send(nowhere, Shop, "to nobody");
            return db.SaveChangesAsync();
        });
        JsonElement refused = default;
        await Eventually.HoldsAsync(async () =>
            (refused = await RefusedAsync(site)).ValueKind == JsonValueKind.Object);
        Assert.Equal(("ShopContext", nowhere.Value, Shop.Value),
            (refused.GetProperty("outbox").GetString(), refused.GetProperty("conversation_id").GetGuid(),
                refused.GetProperty("sender_id").GetString()));
        Assert.Contains("forbidden", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        site.Server.TakeErrors();

        var row = $"outbox=ShopContext&number={refused.GetProperty("number").GetInt64()}";
        Assert.Equal(HttpStatusCode.OK, await PostAsync(site, $"retry?{row}"));
        await Eventually.HoldsAsync(() =>
            site.Server.TakeErrors().Contains("was refused", StringComparison.Ordinal)); // once more
        await Eventually.HoldsAsync(async () => (await RefusedAsync(site)).ValueKind == JsonValueKind.Object);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(site, $"delete?{row}"));
        Assert.Empty(await site.WaitingAsync());
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(site, $"delete?{row}"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(site, "retry?outbox=Other&number=1"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(site, "retry?outbox=ShopContext&number=x"));
    }

    [SpecFact]
    public async Task What_no_user_may_send_is_refused_where_it_is_written()
    {
        await using var site = await ShopSite.StartAsync(Kind);
        var room = await site.RoomAsync();
        await site.ShopAsync(db =>
        {
            Assert.Throws<ArgumentException>(() => db.Chat().Send(room, Shop, ""));
            Assert.Throws<ArgumentException>(() => db.Chat().Send(room, default, "x"));
            Assert.Throws<ArgumentException>(() => db.Chat().Send(room, Shop, "x", tenant: "No Tenant"));
            return Task.CompletedTask;
        });
    }

    private static async Task<JsonElement> RefusedAsync(ShopSite site) =>
        JsonDocument.Parse(await site.Server.Operators.GetStringAsync("/api/v1/admin/outboxes")).RootElement
            .GetProperty("refused").EnumerateArray().SingleOrDefault();

    private static async Task<HttpStatusCode> PostAsync(ShopSite site, string what)
    {
        using var answer = await site.Server.Operators.PostAsync($"/api/v1/admin/outboxes/{what}", content: null);
        return answer.StatusCode;
    }

    // EF Core keeps ids in SQLite as upper-case text.
    private string Spell(ConversationId id) =>
        Kind == DatabaseKind.Sqlite ? id.Value.ToString().ToUpperInvariant() : id.Value.ToString();

    /// <returns>Whether it was committed.</returns>
    private static async Task<bool> ChangeAsync(ShopContext db, Random random, ConversationId room, string text)
    {
        var (way, isCommitted) = (random.Next(3), random.Next(4) > 0);
        if (way == 0)
        {
            await WriteAsync();
            return true;
        }
        if (way == 1 && db.Database.IsNpgsql())
        {
            await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                using var ambient = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                await WriteAsync();
                if (isCommitted) ambient.Complete();
            });
            return isCommitted;
        }
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await WriteAsync();
            if (isCommitted) await transaction.CommitAsync();
            else await transaction.RollbackAsync();
        });
        return isCommitted;

        Task WriteAsync()
        {
            db.Orders.Add(new Order { Id = Guid.NewGuid() });
            db.Chat().Send(room, Shop, text);
            return db.SaveChangesAsync();
        }
    }
}

public sealed class SqliteOutboxTests : OutboxSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Sqlite;
}

public sealed class PostgresOutboxTests : OutboxSpec
{
    internal override DatabaseKind Kind => DatabaseKind.Postgres;
}
