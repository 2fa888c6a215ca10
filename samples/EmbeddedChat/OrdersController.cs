using Chat.Contracts.Identifiers;
using Chat.Server;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace EmbeddedChat;

/// <summary>Orders are placed and shipped, and each change tells those whom it concerns, in its own
/// transaction.</summary>
[Authorize]
[Route("orders")]
public sealed class OrdersController(ShopContext db, IChat chat) : Controller
{
    /// <summary>The sender of what the shop says.</summary>
    private static readonly UserId Shop = UserId.Parse("shop");

    [HttpPost]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> PlaceAsync([FromForm] string item, CancellationToken ct)
    {
        var customer = Accounts.IdOf(User);
        var room = await chat.AsSystem.CreateAsync(
            new() { ParticipantIds = [UserId.Parse(customer), UserId.Parse(Accounts.Clerk)], Title = item }, ct);
        var order = new Order { Id = Guid.NewGuid(), Item = item, Customer = customer, Conversation = room.Id.Value };
        db.Orders.Add(order);
        Tell(order, $"Thank you! \"{item}\" is ordered.", "placed");
        await db.SaveChangesAsync(ct); // the order and the message, or neither
        return Redirect("/");
    }

    [HttpPost("{id:guid}/shipping")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> ShipAsync(Guid id, CancellationToken ct)
    {
        if (Accounts.IdOf(User) != Accounts.Clerk) return Forbid();
        if (await db.Orders.FindAsync([id], ct) is not { } order) return NotFound();
        order.IsShipped = true;
        Tell(order, "It has left our house.", "shipped");
        await db.SaveChangesAsync(ct);
        return Redirect("/");
    }

    /// <summary>The key is the order's and the news': told once, however often this is tried.</summary>
    private void Tell(Order order, string text, string news) => db.Chat().Send(
        new ConversationId(order.Conversation), Shop, text, new() { DedupeKey = $"{news}:{order.Id}" });
}
