using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;

namespace EmbeddedChat;

/// <summary>The pages of the shop.</summary>
internal static class Pages
{
    public static void MapShopPage(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/", ShopAsync).RequireAuthorization();

    public static IResult SignIn(HttpContext http, IAntiforgery antiforgery) => Show(
        $"""
        <h1>Sign in</h1>
        <p>A demonstration: <b>ann</b> with <b>wonderland</b>, <b>clerk</b> with <b>counter</b>.</p>
        <form method="post" action="/sign-in">{Guard(http, antiforgery)}
          <label>User <input name="user" autocomplete="username" required autofocus></label>
          <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
          <button>Sign in</button>
        </form>
        """);

    private static async Task<IResult> ShopAsync(HttpContext http, IAntiforgery antiforgery, ShopContext db)
    {
        var user = Accounts.IdOf(http.User);
        var isClerk = user == Accounts.Clerk;
        var guard = Guard(http, antiforgery);
        var rows = new StringBuilder();
        foreach (var order in await db.Orders.Where(order => isClerk || order.Customer == user).ToListAsync())
            rows.Append(
                $"""
                <li><a href="/chat/#/c/{order.Conversation}">{Text(order.Item)}</a>
                  {(order.IsShipped ? "is shipped" : "is ordered")}: <q>{Text(order.LastWords ?? "")}</q>
                  {(isClerk && !order.IsShipped ? Button($"/orders/{order.Id}/shipping", "Ship", guard) : "")}</li>
                """);
        return Show(
            $"""
            <h1>The shop</h1>
            <ul>{rows}</ul>
            <form method="post" action="/orders">{guard}
              <label>Order <input name="item" required maxlength="100"></label> <button>Place it</button>
            </form>
            <p><a href="/chat/">All conversations</a></p>
            """);
    }

    private static string Button(string action, string text, string guard) =>
        $"""<form method="post" action="{action}">{guard}<button>{text}</button></form>""";

    private static string Guard(HttpContext http, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return $"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""";
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);

    private static IResult Show(string body) => Results.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>The shop</title></head>
        <body>{body}</body>
        </html>
        """, "text/html; charset=utf-8");
}
