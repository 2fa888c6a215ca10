namespace Chat.Tests.Fixtures.Servers;

/// <summary>Runs of the program's commands.</summary>
internal static class CommandRun
{
    /// <summary>Runs a command on a database to its end, which must have this exit code.</summary>
    public static async Task<(string Output, string Errors)> EndAsync(
        TestDatabase database, int code, string[] args, params (string Name, string Value)[] environment)
    {
        await using var command = ServerProcess.Run(
            args, [("ConnectionStrings__Chat", database.Settings.ConnectionString), .. environment]);
        var ended = await command.ExitAsync();
        Assert.True(code == ended, $"{ended}: {command.Errors}");
        return (command.Output, command.Errors);
    }
}
