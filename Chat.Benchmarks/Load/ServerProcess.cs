using System.Globalization;

namespace Chat.Benchmarks.Load;

/// <summary>What a process uses, from <c>/proc</c>.</summary>
internal sealed class ServerProcess(int pid)
{
    public double CpuSeconds => ProcessStat.Parse(Read("stat")).Seconds;

    public long ResidentBytes
    {
        get
        {
            var line = Read("status").Split('\n').First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
                CultureInfo.InvariantCulture);
        }
    }

    private string Read(string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            throw new UsageException($"--pid must be the server's process id; there is no process {pid}");
        }
    }
}
