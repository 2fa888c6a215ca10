using System.Globalization;
using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Answers !time and !echo in the lobby: dotnet run --project samples/Bot -- --server http://localhost:8080 --user bot
// Where the server wants tokens: --token <token>, or --token @<file>, which is read for each new one.
var host = Host.CreateApplicationBuilder(args);
host.Services.AddSingleton(TimeProvider.System);
host.Services.AddSingleton(provider => BotSettings.Read(provider.GetRequiredService<IConfiguration>()));
host.Services.AddChatClient(provider =>
{
    var settings = provider.GetRequiredService<BotSettings>();
    return ChatClientOptions.ForServer(settings.Server) with
    {
        UserId = settings.User, AccessTokenProvider = settings.Token is null ? null : settings.TokenAsync,
    };
});
host.Services.AddHostedService<Bot>();
await host.Build().RunAsync();

/// <summary>Settings come from the command line, the environment or appsettings.json, as in every host.</summary>
/// <param name="Server">Where the server is.</param>
/// <param name="User">Whose name the bot has.</param>
/// <param name="Cursors">The file that remembers how far it has read.</param>
/// <param name="From">Where it begins when it runs for the first time: 0 answers all that was ever asked; null only
/// what is asked from now on.</param>
/// <param name="Token">A token of this user, or <c>@file</c>: read for each new one. Null: the server is open.</param>
internal sealed record BotSettings(Uri Server, UserId User, string Cursors, long? From, string? Token)
{
    public static BotSettings Read(IConfiguration settings) => new(
        new Uri(settings["server"] ?? "http://localhost:8080"), UserId.Parse(settings["user"] ?? "bot"),
        settings["cursors"] ?? "bot.cursors", settings.GetValue<long?>("from"), settings["token"]);

    public async ValueTask<string?> TokenAsync(AccessTokenReason reason, CancellationToken ct)
    {
        if (Token is ['@', .. var file]) return (await File.ReadAllTextAsync(file, ct)).Trim();
        return reason is AccessTokenReason.Start or AccessTokenReason.Expiring ? Token : null;
    }
}

internal sealed partial class Bot(ChatClient chat, BotSettings settings, TimeProvider time, ILogger<Bot> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var cursors = new FileCursorStore(settings.Cursors);
        // The cursor moves on when the loop comes back for the next entry: after the answer is stored.
        await foreach (var entry in chat.ReadAsync(ConversationId.Lobby, cursors, settings.From, stoppingToken))
        {
            if (entry is not MessageEntry { Body: { } asked } message || message.SenderId == settings.User
                || AnswerTo(asked) is not { } answer) continue;
            // Killed between answer and cursor, the bot sees the question again. The same key makes the second answer
            // the first.
            var receipt = await chat.SendAsync(ConversationId.Lobby, answer,
                new SendOptions { DedupeKey = $"answer:{message.Id}" }, stoppingToken);
            LogAnswered(message.Sequence, receipt.Sequence, receipt.Duplicate);
        }
    }

    private string? AnswerTo(string asked) => asked.Split(' ', 2) switch
    {
        ["!time"] => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture),
        ["!echo", var text] when !string.IsNullOrWhiteSpace(text) => text,
        _ => null,
    };

    [LoggerMessage(1, LogLevel.Information, "Answered {Question} with {Answer}; before: {Duplicate}")]
    private partial void LogAnswered(long question, long answer, bool duplicate);
}
