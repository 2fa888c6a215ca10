using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Chat.Tests.Fixtures.Servers;

/// <summary>A real nginx with the configuration of docker-compose.yml, as an unprivileged process of its own in front
/// of servers of the tests'.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    /// <summary>How the configuration passes on what has no location of its own.</summary>
    private const string RootLocation =
        """
                location / {
                    proxy_pass http://chat;
                }
        """;

    private const string Nobody = "65534";
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly string _folder;
    private readonly Task<string> _errors;

    private NginxFront(Process process, string folder, Uri url)
    {
        _process = process;
        _folder = folder;
        Url = url;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public static string ConfigurationFile { get; } = Path.Combine(Repository.Root, "deploy", "nginx.conf");

    public Uri Url { get; }

    /// <param name="instances">Take the places of chat-1 and chat-2.</param>
    public static Task<NginxFront> StartAsync(params Uri[] instances) => StartAsync(RootLocation, instances);

    /// <param name="location">Takes the place of the one for everything.</param>
    /// <param name="instances">Take the places of chat-1 and chat-2.</param>
    public static async Task<NginxFront> StartAsync(string location, params Uri[] instances)
    {
        var folder = Directory.CreateTempSubdirectory("chat-tests-nginx-").FullName;
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var configuration = (await File.ReadAllTextAsync(ConfigurationFile))
            .Replace("listen 8080", $"listen {url.Authority}", StringComparison.Ordinal)
            .Replace("/tmp/", folder + "/", StringComparison.Ordinal)
            .Replace(RootLocation, location, StringComparison.Ordinal);
        for (var i = 0; i < instances.Length; i++)
            configuration = configuration.Replace($"chat-{i + 1}:8080", instances[i].Authority,
                StringComparison.Ordinal);
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration);
        // One process, no daemon: so that ending it ends all of it.
        string[] arguments = [RequiredTools.Nginx, "-e", "stderr", "-p", folder, "-c", file, "-g",
            "daemon off; master_process off;"];
        if (Environment.IsPrivilegedProcess)
        {
            await ProcessRunner.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", folder);
            arguments = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. arguments];
        }
        var start = new ProcessStartInfo(arguments[0]) { WorkingDirectory = "/", RedirectStandardError = true };
        foreach (var argument in arguments.Skip(1)) start.ArgumentList.Add(argument);
        var front = new NginxFront(Process.Start(start) ?? throw new InvalidOperationException("nginx does not start"),
            folder, url);
        await front.WaitUntilListeningAsync();
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Bounds.Wait);
        await _errors.WaitAsync(Bounds.Wait);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilListeningAsync()
    {
        using var bound = new CancellationTokenSource(Bounds.Wait);
        while (true)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Url.Port, bound.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(Beat, TimeProvider.System, bound.Token); // nginx says nowhere that it listens
            }
            catch (SocketException)
            {
                throw new InvalidOperationException($"nginx ended: {await _errors}");
            }
        }
    }
}
