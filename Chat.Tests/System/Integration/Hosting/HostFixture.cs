using Chat.Server.Memory;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Health;
using Chat.Server.Hosting.Http;
using Chat.Server.Hosting.Program;
using Chat.Server.Identity;
using Chat.Server.Observability;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Chat.Tests.Integration.Hosting;

/// <summary>The process around the chat on a real Kestrel, without the chat.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    internal RecordedLogs Logs { get; } = new();

    internal WebApplication App { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    /// <summary>What the database check says: null is well.</summary>
    internal Func<CancellationToken, ValueTask<string?>> Database { get; set; } =
        _ => ValueTask.FromResult<string?>(null);

    /// <summary>What only degrades readiness.</summary>
    internal string? Backplane { get; set; }

    public async Task InitializeAsync()
    {
        var builder = ChatHost.CreateBuilder(["--urls=http://127.0.0.1:0", "--Chat:Server:ReadinessSeconds=1"]);
        builder.AddChatHosting();
        builder.Services.AddServer(ServerMode.Of(builder.Configuration), builder.Configuration);
        builder.Services.AddChatObservability();
        builder.Services.AddMemoryBudget();
        builder.Services.AddSingleton(TimeProvider.System); // the database's clock comes with the database
        builder.Logging.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(Logs);
        builder.Services.AddChatOpenApi();
        builder.Services.AddReadinessCheck("database", (_, ct) => Database(ct));
        builder.Services.AddReadinessCheck("backplane", (_, _) => ValueTask.FromResult(Backplane), degrades: true);
        builder.Services.AddSingleton(
            DatabaseSettingsResolver.Resolve(builder.Configuration, builder.Environment.ContentRootPath));
        App = builder.Build();
        App.Services.ValidateChatOptions();
        App.UseChatErrors();
        App.MapChatHealth();
        App.MapChatMetrics();
        App.MapChatOpenApi();
        App.MapGet("/api/broken", (HttpContext _) => throw new InvalidTimeZoneException("a secret of the inside"));
        App.MapGet("/api/half", async (HttpContext context) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            throw new InvalidTimeZoneException("too late to answer");
        });
        App.MapGet("/api/own", (HttpContext context) =>
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("its own answer");
        });
        App.MapPost("/api/echo", async (HttpContext context) =>
        {
            context.Features.Get<
                Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 10;
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        await App.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(App.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }
}
