using Chat.Server;
using Chat.Server.Hosting;
using Chat.Server.Hosting.Commands;
using Chat.Server.Hosting.Health;
using Chat.Server.Hosting.Http;
using Chat.Server.Hosting.Program;
using Chat.Server.Hosting.Proxy;
using Chat.Server.Hosting.Start;
using Chat.Server.Observability;
using Chat.Server.Operators;
using Chat.Server.Transfer;

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
        builder.AddOtlpExport();
        builder.Services.AddChat();
        builder.Services.AddOperatorsAnnouncement();
        builder.Services.AddTransfer();
        builder.Services.AddCrossSiteGuard();
        builder.Services.AddChatOpenApi();

        var app = builder.Build();
        app.Services.ValidateChatOptions();
        if (command.Command == ServerCommand.Migrate) return await app.Services.MigrateAsync();
        if (command.Command == ServerCommand.Rebuild) return await app.RebuildAsync(Console.Out);
        if (command.Command == ServerCommand.Mode) return await app.ModeAsync(command.Words.Length > 0, Console.Out);
        if (command.AnswersPrograms) return await app.AnswerAsync(command);

        app.UsePublishedPath();
        app.UseTrustedProxies();
        app.UseChatErrors();
        app.UseCrossSiteGuard();
        app.UseOperators();
        app.UseChatSteps();
        app.MapChat("", ChatParts.All);
        app.MapChatHealth();
        app.MapChatOpenApi();
        await app.Services.MigrateAtStartAsync();
        await app.Services.ClaimModeAsync();
        await app.RunToEndAsync();
        return 0;
    },
    Console.Error);

/// <summary>Not public: an application with a chat in it has a program of its own.</summary>
internal partial class Program;
