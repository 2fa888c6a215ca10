using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Chat.Benchmarks.Micro;

/// <summary>The command <c>micro</c>.</summary>
internal static class MicroCommand
{
    /// <remarks>In this process: the usual toolchain generates a project of its own, which central package versions and
    /// analyzers do not let build.</remarks>
    public static int Run(string[] args)
    {
        var config = ManualConfig.Create(DefaultConfig.Instance)
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithMinIterationCount(5)
                .WithMaxIterationCount(15))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "chat-benchmarks"))
            .WithOptions(ConfigOptions.JoinSummary);
        // A bare word is a filter; without one everything runs.
        string[] chosen = args switch
        {
            [] => ["--filter", "*"],
            [var word] when !word.StartsWith('-') => ["--filter", $"*{word}*"],
            _ => args,
        };
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(MicroCommand).Assembly).Run(chosen, config).ToList();
        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
    }
}
