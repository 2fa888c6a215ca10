using System.Diagnostics;

namespace Chat.Tests.Integration.Growth;

/// <summary>The command that writes docs/growth.md, at tiny sizes.</summary>
public sealed class GrowthCommandTests
{
    [PostgresFact]
    public async Task The_command_measures_the_axes_that_are_named_and_writes_the_page_of_all()
    {
        var folder = Directory.CreateTempSubdirectory("chat-growth-test-");
        try
        {
            var page = Path.Combine(folder.FullName, "growth.md");
            var (code, output) = await RunAsync(
                "participants", "instances", "--quick", "--page", page, "--results", folder.FullName);
            Assert.True(code == 0, output);
            var lines = await File.ReadAllLinesAsync(page);
            foreach (var line in (string[])["a message is stored", "the moderators", "µs a delivery"])
                Assert.Contains(lines, known => known.Contains(line, StringComparison.Ordinal));
            Assert.Contains("Not measured yet: `-- growth readers`.", lines);
            Assert.Equal(["instances.json", "participants.json"],
                folder.GetFiles("*.json").Select(file => file.Name).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Repository.Program("Chat.Benchmarks"), "growth", .. options])
            start.ArgumentList.Add(argument);
        using var run = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
        var (output, errors) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        try
        {
            await run.WaitForExitAsync().WaitAsync(Bounds.Run);
        }
        catch (TimeoutException)
        {
            run.Kill(entireProcessTree: true);
            throw;
        }
        return (run.ExitCode, $"{await output}{await errors}");
    }
}
