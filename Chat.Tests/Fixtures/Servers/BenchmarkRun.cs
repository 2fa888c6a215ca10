using System.Diagnostics;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>Runs of <c>Chat.Benchmarks</c>.</summary>
internal static class BenchmarkRun
{
    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code, and all that it wrote.</returns>
    public static async Task<(int Code, string Output)> EndAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Repository.Program("Chat.Benchmarks"), .. arguments])
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
