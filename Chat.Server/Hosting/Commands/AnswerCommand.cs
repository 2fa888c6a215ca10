using Chat.Server.Configuration;
using Chat.Server.Keys;
using Chat.Server.Persistence;

namespace Chat.Server.Hosting.Commands;

/// <summary>The commands that answer from the database: it is brought up to date first, as at the start.</summary>
internal static class AnswerCommand
{
    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument or a setting is not as it must be.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static async Task<int> AnswerAsync(this WebApplication app, CommandLine command)
    {
        if (command.Command == ServerCommand.Export) return await app.Services.ExportAsync(command.Named);
        if (command.Command == ServerCommand.Import)
            return await app.Services.ImportAsync(command.Words[0], () => app.Services.MigrateAtStartAsync());
        var isCheck = command is { Command: ServerCommand.Token, Words: ["check", _] };
        // A token of an issuer is checked without a database.
        if (!isCheck || IsFromHere(command.Words[1])) await app.Services.MigrateAtStartAsync();
        if (isCheck) return await app.Services.CheckTokenAsync(command.Words[1], Console.In, Console.Out);
        return command.Command switch
        {
            ServerCommand.Keys => await app.Services.KeysAsync(command, Console.Out),
            ServerCommand.Users => await app.Services.UsersAsync(command, Console.Out),
            ServerCommand.Webhooks => await app.Services.WebhooksAsync(command, Console.Out),
            _ => await app.Services.MakeTokenAsync(command, Console.Out, Console.Error),
        };
    }

    private static bool IsFromHere(string given) => Credential.IsKey(given) || Credential.IsToken(given);
}
