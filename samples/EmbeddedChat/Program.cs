using Chat.Server;
using EmbeddedChat;
using Microsoft.EntityFrameworkCore;

// A shop with a chat in it. dotnet run --project samples/EmbeddedChat; see README.md beside this file.
var builder = WebApplication.CreateBuilder(args);
var shop = $"Data Source={Path.Combine(builder.Environment.ContentRootPath, "shop.db")}";
builder.Services.AddAccounts(); // its own sign-in, by cookie
builder.Services.AddControllersWithViews();
builder.Services.AddDbContext<ShopContext>(options => options.UseSqlite(shop));
builder.Services.AddChat()
    .UseSqlite("chat.db")
    .AddPolicy<NoCardNumbers>()
    .AddObserver<LastWords>("last-words", options => options.Kinds = EntryKinds.Message)
    .AddOutbox<ShopContext>();

var app = builder.Build();
await ShopContext.CreateAsync(app.Services);
app.UseAntiforgery();
app.MapAccounts();
app.MapShopPage();
app.MapControllers();
app.MapChat().RequireAuthorization();
app.Run();
