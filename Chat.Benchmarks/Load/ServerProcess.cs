using System.Globalization;

namespace Chat.Benchmarks.Load;

/// <summary>What a process uses, from <c>/proc</c>.</summary>
internal sealed class ServerProcess(int pid)
{
    // USER_HZ, which Linux promises to user space on every architecture .NET runs on
    private const double ClockTicksPerSecond = 100;

    public double CpuSeconds
    {
        get
        {
            var stat = Read("stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // the name before it may hold blanks
            return (long.Parse(fields[11], CultureInfo.InvariantCulture)
                + long.Parse(fields[12], CultureInfo.InvariantCulture)) / ClockTicksPerSecond;
        }
    }

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
