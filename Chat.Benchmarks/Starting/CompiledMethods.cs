using Microsoft.Diagnostics.Tracing;

namespace Chat.Benchmarks.Starting;

/// <summary>What a process compiled while it ran, from the trace that the runtime writes.</summary>
internal sealed class CompiledMethods(string file)
{
    private const string JitEvents = "Microsoft-Windows-DotNETRuntime:0x10:5";

    private readonly List<DateTime> _moments = [];

    /// <summary>Variables with which a process writes it.</summary>
    public IEnumerable<(string Name, string Value)> Environment =>
    [
        ("DOTNET_EnableEventPipe", "1"), ("DOTNET_EventPipeConfig", JitEvents), ("DOTNET_EventPipeOutputPath", file),
    ];

    /// <summary>Once the process has ended.</summary>
    public void Read()
    {
        using var trace = new EventPipeEventSource(file);
        trace.Clr.MethodLoadVerbose += method => _moments.Add(method.TimeStamp.ToUniversalTime());
        trace.Process();
    }

    public int Until(DateTimeOffset moment) => _moments.Count(one => one <= moment.UtcDateTime);
}
