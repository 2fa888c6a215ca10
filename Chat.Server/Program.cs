using Chat.Server.Hosting;
using Chat.Server.Hosting.Commands;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Hosting.Health;
using Chat.Server.Hosting.Http;
using Chat.Server.Hosting.Start;
using Chat.Server.Identity;
using Chat.Server.Observability;

var command = CommandLine.Parse(args);
return command.Answer(Console.Out, Console.Error) ?? await StartProblems.GuardAsync(
    async () =>
    {
        if (command.Command == ServerCommand.HealthCheck) return await HealthCheckCommand.RunAsync(command.Rest, Console.Error);

        var builder = ChatHost.CreateBuilder(command.Rest);
        builder.AddChatHosting();
        builder.AddChatObservability();
        builder.Services.AddOpenIdentity();
        builder.Services.AddChatOpenApi();

        var app = builder.Build();
        app.ValidateChatOptions();
        if (command.Command == ServerCommand.Migrate)
            throw new ConfigurationException("migrate: this build has no persistence yet");

        app.UseChatErrors();
        app.MapChatHealth();
        app.MapChatMetrics();
        app.MapChatOpenApi();
        await app.RunAsync();
        return 0;
    },
    Console.Error);
