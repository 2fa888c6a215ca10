using System.Diagnostics;

namespace Chat.Tests.Fixtures.Servers;

internal static class ProcessRunner
{
    /// <summary>Runs a program to its end; throws with what it printed when it fails.</summary>
    public static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        // A server started by pg_ctl keeps the pipes open, so the end of the process counts and not the end of its
        // output.
        var log = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = "/" };
            foreach (var argument in (string[])["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", log,
                program, .. arguments]) start.ArgumentList.Add(argument);
            using var process = Process.Start(start)
                ?? throw new InvalidOperationException($"{program} does not start");
            using var bound = new CancellationTokenSource(Bounds.Build);
            try
            {
                await process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException(
                    $"{program} has not ended within {Bounds.Build.TotalSeconds} s: "
                        + await File.ReadAllTextAsync(log));
            }
            var output = await File.ReadAllTextAsync(log);
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
        }
        finally
        {
            File.Delete(log);
        }
    }
}
