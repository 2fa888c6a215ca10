using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.Http;
using Chat.Server.Hosting.Program;
using Chat.Server.Hosting.Start;
using Chat.Server.Hosting.WebApp;
using Chat.Server.Identity;
using Chat.Server.Identity.Tokens;
using Chat.Server.Limits;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting;

/// <summary>The process around the chat: configuration, logging, where to listen, how to start and stop.</summary>
internal static class ChatHost
{
    private const int RequestLineBytes = 16 * 1024;

    /// <summary>The category in which SignalR logs calls of hubs.</summary>
    public const string HubCalls = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    /// <summary>What the web server reads ahead of us per connection. Its own default is 1 MiB, which a hundred
    /// connections with a message that never ends would fill.</summary>
    private const int InputBytes = 128 * 1024;

    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        AddSettingsBesideTheProgram(builder);
        DotEnvFile.AddTo(builder.Configuration, Directory.GetCurrentDirectory());
        SecretFiles.AddTo(builder.Configuration);
        UnknownSettings.Refuse(builder.Configuration);
        AddConsole(builder);
        builder.Services.AddSingleton(new ChatProgram(builder.Configuration, builder.Environment.ContentRootPath));
        return builder;
    }

    /// <summary>For commands whose answer programs read: standard output has nothing else.</summary>
    public static void LogToErrors(this WebApplicationBuilder builder) =>
        builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);

    /// <summary>Where to listen and how, how to start and stop, the line at start. What the chat itself needs is
    /// <see cref="ServerSetup.AddServer"/>.</summary>
    /// <exception cref="ConfigurationException">A setting cannot be used.</exception>
    public static WebApplicationBuilder AddChatHosting(this WebApplicationBuilder builder)
    {
        var mode = ServerMode.Of(builder.Configuration);
        if (ListenUrl.Resolve(builder.Configuration, mode.IsNamed) is { } url) builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = RequestLineBytes; // a token may be in it
            kestrel.Limits.MaxRequestBufferSize = InputBytes; // where the connection is encrypted or HTTP/2
        });
        var services = builder.Services;
        services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = InputBytes);
        services.AddBoundedTransport();
        QueryTokenServer.AddTo(services);
        services.AddOptions<HostOptions>().Configure<IOptions<ServerOptions>>(
            (host, server) => host.ShutdownTimeout = TimeSpan.FromSeconds(server.Value.ShutdownSeconds));
        services.AddDrainLifetime(provider => provider);
        services.AddHostedService<StartAnnouncement>();
        services.AddHostedService<IdleTrim>();
        return builder;
    }

    /// <summary>Checks all options now, before the host would log the failure with a stack trace. Call it before
    /// anything else of the app.</summary>
    public static void ValidateChatOptions(this IServiceProvider services)
    {
        services.GetService<IStartupValidator>()?.Validate();
        services.GetService<Issuers>(); // making them resolves every scheme
        services.GetService<SignInIssuer>(); // likewise
    }

    /// <summary>A server whose mode nobody has chosen serves this machine only.</summary>
    /// <exception cref="ConfigurationException">It would listen for others.</exception>
    public static WebApplicationBuilder RefuseUnchosenMode(this WebApplicationBuilder builder)
    {
        ServerMode.Of(builder.Configuration)
            .RefuseToBeFound(builder.Configuration, ListenUrl.Addresses(builder.Configuration));
        return builder;
    }

    /// <summary>Starts, waits for the signal to stop, stops.</summary>
    public static async Task RunToEndAsync(this WebApplication app)
    {
        await using var _ = app;
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Else the host takes the cancelling of its background services for a crash of theirs, and says so over the
            // real reason.
            app.Lifetime.StopApplication();
            throw;
        }
        await app.WaitForShutdownAsync();
    }

    /// <summary>One line per entry, in UTC. <c>Logging:Console:FormatterName=json</c> and <c>FormatterOptions</c> hold
    /// as in every ASP.NET program.</summary>
    private static void AddConsole(WebApplicationBuilder builder)
    {
        const string timestamp = "yyyy-MM-ddTHH:mm:ss.fffZ";
        builder.Logging.ClearProviders();
        SetDefaults<ConsoleLoggerOptions>(builder, console => console.FormatterName = ConsoleFormatterNames.Simple);
        SetDefaults<SimpleConsoleFormatterOptions>(builder, console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = timestamp + " ";
            console.UseUtcTimestamp = true;
        });
        SetDefaults<JsonConsoleFormatterOptions>(builder, console =>
        {
            console.TimestampFormat = timestamp;
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddConsole();
        // At Debug it writes down the arguments of calls: what users say.
        builder.Logging.AddFilter(HubCalls, LogLevel.Information);
    }

    /// <summary>Before the configuration is bound, which the builder has asked for already.</summary>
    private static void SetDefaults<T>(WebApplicationBuilder builder, Action<T> set)
        where T : class =>
        builder.Services.Insert(
            0, ServiceDescriptor.Singleton<IConfigureOptions<T>>(new ConfigureOptions<T>(set)));

    /// <summary>The content root is the working directory, so a published server started from elsewhere would miss its
    /// own appsettings.json.</summary>
    private static void AddSettingsBesideTheProgram(WebApplicationBuilder builder)
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        if (Path.GetFullPath(Path.Combine(builder.Environment.ContentRootPath, "appsettings.json")) == beside
            || !File.Exists(beside)) return;
        var own = new ConfigurationBuilder().AddJsonFile(beside, optional: true, reloadOnChange: false);
        builder.Configuration.Sources.Insert(0, own.Sources[0]);
    }
}
