using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>The built server as an operator runs it: its own process, in a folder of its own.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _operators = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _output = [];
    private readonly Task _pump;
    private readonly Task<string> _errors;

    private ServerProcess(Process process, string folder)
    {
        _process = process;
        Folder = folder;
        _errors = process.StandardError.ReadToEndAsync();
        _pump = PumpAsync();
    }

    /// <summary>The working directory; deleted at the end.</summary>
    public string Folder { get; }

    /// <summary>Of the process.</summary>
    public int Id => _process.Id;

    public Uri Url => _listening.Task.Result;

    public bool HasExited => _process.HasExited;

    /// <summary>Where operators are listened to.</summary>
    public Uri OperatorsUrl => _operators.Task.WaitAsync(Bounds.Run).Result;

    public string Output
    {
        get
        {
            lock (_output) return string.Join("\n", _output);
        }
    }

    /// <summary>What it wrote to standard error, once it has ended.</summary>
    public string Errors => _errors.WaitAsync(Bounds.Run).Result.Trim();

    /// <summary>Starts the program; ends when it says where it listens.</summary>
    public static Task<ServerProcess> ServeAsync(params (string Name, string Value)[] environment) =>
        ServeAtAsync("http://127.0.0.1:0", null, environment);

    /// <summary>Starts the program at an address; ends when it says that it listens.</summary>
    /// <param name="url">Where it listens; empty: the environment says so.</param>
    /// <param name="folder">Of a published server; null: the one that was built with this program.</param>
    /// <param name="environment">Its variables, besides those of this process.</param>
    public static async Task<ServerProcess> ServeAtAsync(
        string url, string? folder, params (string Name, string Value)[] environment)
    {
        var server = Run(folder, url.Length > 0 ? [$"--urls={url}"] : [], environment);
        try
        {
            await server._listening.Task.WaitAsync(Bounds.Run);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the program where it may have so many files open; ends when it says where it listens.</summary>
    public static async Task<ServerProcess> ServeWithFilesAsync(
        int files, params (string Name, string Value)[] environment)
    {
        var server = Run(null, ["--urls=http://127.0.0.1:0"], environment, files);
        await server._listening.Task.WaitAsync(Bounds.Run);
        return server;
    }

    /// <summary>Starts the program with a command.</summary>
    public static ServerProcess Run(string[] args, params (string Name, string Value)[] environment) =>
        Run(null, args, environment);

    private static ServerProcess Run(
        string? published, string[] args, (string Name, string Value)[] environment, int? files = null)
    {
        var folder = Directory.CreateTempSubdirectory("chat-process-").FullName;
        var start = new ProcessStartInfo(published is null
            ? "dotnet"
            : Path.Combine(Path.GetFullPath(published), "Chat.Server"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder
        };
        if (files is not null)
        {
            foreach (var part in (string[])["-c", $"ulimit -n {files} && exec \"$@\"", "sh", start.FileName])
                start.ArgumentList.Add(part);
            start.FileName = "/bin/sh";
        }
        if (published is null)
            start.ArgumentList.Add(typeof(Chat.Server.Hosting.Commands.CommandLine).Assembly.Location);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        start.Environment["Chat__Operators__Url"] = "http://127.0.0.1:0";
        start.Environment["Chat__Limits__Factor"] = "0"; // tests send as fast as they can
        start.Environment.Remove("DOTNET_RUNNING_IN_CONTAINER");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new ServerProcess(
            Process.Start(start) ?? throw new InvalidOperationException("the server does not start"), folder);
    }

    public Task TerminateAsync() => SignalAsync("TERM");

    /// <param name="name">TERM, KILL, STOP or CONT.</param>
    public Task SignalAsync(string name) => ProcessRunner.RunAsync("/bin/sh", "-c", $"kill -{name} {_process.Id}");

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bounds.Run);
        await _pump.WaitAsync(Bounds.Run);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _pump.WaitAsync(Bounds.Run);
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [GeneratedRegex(@"Chat listens on (http://\S+?),? ")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Operators \([^)]*\): (http://[^/\s]+)")]
    private static partial Regex OperatorsLine();

    private async Task PumpAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_output) _output.Add(line);
            if (Listening().Match(line) is { Success: true } match)
                _listening.TrySetResult(new Uri(match.Groups[1].Value));
            if (OperatorsLine().Match(line) is { Success: true } operators)
                _operators.TrySetResult(new Uri(operators.Groups[1].Value));
        }
        _listening.TrySetException(new InvalidOperationException($"the server ended: {Output}"));
    }
}
