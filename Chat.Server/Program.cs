using Chat.Server.Audit;
using Chat.Server.Audit.Api;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Erasures;
using Chat.Server.FanOut;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Commands;
using Chat.Server.Hosting.Drain;
using Chat.Server.Hosting.Health;
using Chat.Server.Hosting.Http;
using Chat.Server.Hosting.Proxy;
using Chat.Server.Hosting.Start;
using Chat.Server.Hosting.WebApp;
using Chat.Server.Keys;
using Chat.Server.Keys.Api;
using Chat.Server.Lists;
using Chat.Server.Memory;
using Chat.Server.Notifications;
using Chat.Server.Observability;
using Chat.Server.Operators;
using Chat.Server.Presence;
using Chat.Server.Reactions;
using Chat.Server.Retention;
using Chat.Server.Revocations;
using Chat.Server.Rights;
using Chat.Server.Room;
using Chat.Server.Safety;
using Chat.Server.Safety.Reports;
using Chat.Server.Tasks;
using Chat.Server.Tasks.Admin;
using Chat.Server.Transfer;
using Chat.Server.Transports.Framing;
using Chat.Server.Transports.Http;
using Chat.Server.Transports.Rest;
using Chat.Server.Transports.SignalR;
using Chat.Server.Transports.SignalR.Polling;
using Chat.Server.Transports.WebSockets;
using Chat.Server.Users;
using Chat.Server.Web;

var command = CommandLine.OfThisProcess(args);
return command.Answer(Console.Out, Console.Error) ?? await StartProblems.GuardAsync(
    async () =>
    {
        if (command.Command == ServerCommand.HealthCheck)
            return await HealthCheckCommand.RunAsync(command.Rest, Console.Error);

        var builder = ChatHost.CreateBuilder(command.Rest);
        if (command.Command == ServerCommand.Serve) builder.RefuseUnchosenMode();
        if (command.AnswersPrograms) builder.LogToErrors();
        builder.AddChatHosting();
        builder.AddChatObservability();
        builder.AddChatDatabase();
        builder.Services.AddAudit();
        builder.Services.AddKeys();
        builder.AddOperators();
        builder.AddChatBackplane();
        builder.Services.AddMemoryBudget();
        builder.Services.AddFanOut();
        builder.Services.AddRevocations(); // stops after the core, whose lanes need it
        builder.Services.AddChatCore();
        builder.Services.AddPresence();
        builder.Services.AddOpenConnections();
        builder.Services.AddUsers();
        builder.Services.AddSafety();
        builder.Services.AddRights();
        builder.Services.AddReports();
        builder.Services.AddReactions();
        builder.Services.AddLists();
        builder.Services.AddTasks();
        builder.AddNotifications();
        builder.Services.AddErasure();
        builder.Services.AddRetention();
        builder.Services.AddTransfer();
        builder.Services.AddCrossSiteGuard();
        builder.Services.AddChatHub();
        builder.Services.AddRawSockets();
        builder.Services.AddRoom();
        builder.Services.AddRest();
        builder.Services.AddTaskAdmin();
        builder.Services.AddKeysApi();
        builder.Services.AddAuditApi();
        builder.Services.AddChatOpenApi();
        builder.AddWebApp();

        var app = builder.Build();
        app.ValidateChatOptions();
        if (command.Command == ServerCommand.Migrate) return await app.MigrateAsync();
        if (command.Command == ServerCommand.Rebuild) return await app.RebuildAsync(Console.Out);
        if (command.Command == ServerCommand.Mode) return await app.ModeAsync(command.Words.Length > 0, Console.Out);
        if (command.AnswersPrograms) return await app.AnswerAsync(command);

        app.UsePublishedPath();
        app.UseTrustedProxies();
        app.UseChatErrors();
        app.UseCrossSiteGuard();
        app.UseOperators();
        app.UseDrainGate();
        app.UseMiddleware<LimitsGate>();
        app.UseChatWebSockets();
        app.UseHubMethods();
        app.UseIdentity();
        app.UseHubTransports();
        app.UseWebFiles();
        app.MapChatHub();
        app.MapRawSockets();
        app.MapRoom();
        app.MapRest();
        app.MapOperators();
        app.MapTaskAdmin();
        app.MapKeys();
        app.MapAudit();
        app.MapRevocations();
        app.MapErasure();
        app.MapWebAppConfig();
        app.MapChatHealth();
        app.MapChatMetrics();
        app.MapChatOpenApi();
        await app.MigrateAtStartAsync();
        await app.ClaimModeAsync();
        await app.RunToEndAsync();
        return 0;
    },
    Console.Error);

/// <summary>Lets tests start the server as it is.</summary>
public partial class Program;
