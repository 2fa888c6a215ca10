using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Chat.Server.Hosting.Commands;
using Xunit;

namespace Chat.Tests.Integration.Hosting;

/// <summary>The program as an operator starts it.</summary>
public sealed class ServerProcessTests
{
    [Theory]
    [InlineData("PORT", "99999", "PORT must be a number from 1 to 65535")]
    [InlineData("DB_URL", "mysql://hunter2@h/d",
        "DB_URL must start with postgres:// or postgresql://, with or without +asyncpg or +pgx")]
    [InlineData("Chat__Server__ShutdownSeconds", "0", "Chat:Server:ShutdownSeconds must be between 1 and 300")]
    [InlineData("Chat__Server__ShutdownSeconds", "soon", "Chat:Server:ShutdownSeconds must be a whole number")]
    [InlineData("Chat__Server__DrainSeconds", "10",
        "Chat:Server:DrainSeconds (10) and DrainDelaySeconds (0) together must be less than ShutdownSeconds (10)")]
    [InlineData("Chat__Server__DrainDelaySeconds", "301", "Chat:Server:DrainDelaySeconds must be between 0 and 300")]
    [InlineData("Chat__Server__TrustedProxies", "10.0.0.0/8, proxy",
        "Chat:Server:TrustedProxies must list addresses or networks such as 10.0.0.0/8, separated by commas; "
            + "'proxy' is neither")]
    [InlineData("Chat__Server__PathBase", "chat/",
        "Chat:Server:PathBase must be a path such as /chat, without a slash at its end, or be left out")]
    [InlineData("Chat__Operators__Key", "short",
        "Chat:Operators:Key must have 16 to 512 characters, of ASCII and without spaces, or be left out")]
    [InlineData("Chat__Core__Lobby", "no", "Chat:Core:Lobby must be true or false")]
    [InlineData("Chat__Server__MigrateOnStart", "maybe", "Chat:Server:MigrateOnStart must be true or false")]
    [InlineData("Chat__Server__ShutdownSecond", "5",
        "Chat:Server:ShutdownSecond is no setting: Chat:Server:ShutdownSeconds may be meant; help lists all")]
    [InlineData("ConnectionStrings__Chat", "Server=db;Database=chat;Trusted_Connection=True",
        "ConnectionStrings:Chat is one of SQL Server, which is not supported: use PostgreSQL or SQLite")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector",
        "OTEL_EXPORTER_OTLP_ENDPOINT must be an http:// or https:// URL")]
    public async Task A_setting_that_cannot_be_used_ends_the_start_with_one_line_and_exit_code_1(
        string name, string value, string expected)
    {
        var (exit, output, errors) = await RunAsync([], (name, value));
        Assert.Equal(1, exit);
        Assert.Equal(expected, errors.Trim());
        Assert.Equal("", output);
    }

    [Fact]
    public async Task An_address_with_a_path_is_told_without_a_stack_trace()
    {
        var (exit, output, errors) = await RunAsync(["--urls=http://127.0.0.1:0/chat"]);
        Assert.Equal((1, "ASPNETCORE_URLS (or --urls) must not have a path: Chat:Server:PathBase is for that"),
            (exit, errors.Trim()));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_told_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (exit, output, errors) = await RunAsync([$"--urls=http://127.0.0.1:{port}"]);
        Assert.Equal(1, exit);
        Assert.Equal("the address to listen on is already in use: set PORT or ASPNETCORE_URLS to a free one",
            errors.Trim());
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_commands_exit_with_2() => Assert.Equal(2, (await RunAsync(["migrat"])).Exit);

    [Fact]
    public async Task Unknown_arguments_exit_with_2_and_name_what_may_be_meant()
    {
        var (exit, output, errors) = await RunAsync(["--prot=9000"]);
        Assert.Equal(2, exit);
        Assert.Equal("prot is no setting: PORT may be meant; help lists all", errors.Trim());
        Assert.Equal("", output);
    }

    [Theory]
    [InlineData("/proc/none/chat.db")]
    [InlineData("/proc/chat.db")]
    public async Task A_database_file_that_cannot_be_made_is_one_line_with_its_path(string path)
    {
        var (exit, output, errors) = await RunAsync([], ("ConnectionStrings__Chat", $"Data Source={path}"));
        Assert.Equal(1, exit);
        Assert.StartsWith($"the database file {path} cannot be opened or written: ", errors, StringComparison.Ordinal);
        Assert.Single(errors.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_JSON_where_the_standard_switch_says_so()
    {
        var (exit, output, _) = await RunAsync(["migrate", "--Logging:Console:FormatterName=json"]);
        Assert.Equal(0, exit);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var entry = JsonDocument.Parse(line);
            Assert.EndsWith("Z", entry.RootElement.GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
        }
        Assert.Contains("2001", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_the_schema_is_told_and_the_server_is_ready_once_it_is_there()
    {
        await using var server = await ServerProcess.ServeAsync(("Chat__Server__MigrateOnStart", "false"));
        using var http = new HttpClient { BaseAddress = server.Url };
        using (var unready = await http.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
            Assert.Contains("run the command migrate", await unready.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }
        Assert.Contains("run the command migrate", server.Output, StringComparison.Ordinal);
        // Nor is anybody served: it may be a deployment that is none of this server's.
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), await AskAsync(http));

        var file = Path.Combine(server.Folder, "chat.db");
        Assert.Equal(0, (await RunAsync(["migrate"], ("ConnectionStrings__Chat", $"Data Source={file}"))).Exit);
        await Eventually.HoldsAsync(async () =>
        {
            using var ready = await http.GetAsync("/health/ready");
            return ready.IsSuccessStatusCode;
        });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), await AskAsync(http));
    }

    [Fact]
    public async Task The_health_check_fails_where_nobody_answers()
    {
        var nobody = $"http://127.0.0.1:{FreePort.Next()}/health/live";
        Assert.Equal(1, (await RunAsync(["healthcheck", nobody])).Exit);
    }

    private static async Task<(HttpStatusCode Hub, HttpStatusCode Me)> AskAsync(HttpClient http)
    {
        using var hub = await http.PostAsync("/hubs/chat/negotiate?user_id=ann&negotiateVersion=1", null);
        using var me = await http.GetAsync("/api/v1/me?user_id=ann");
        return (hub.StatusCode, me.StatusCode);
    }

    private static async Task<(int Exit, string Output, string Errors)> RunAsync(
        string[] args, params (string Name, string Value)[] environment)
    {
        var directory = Directory.CreateTempSubdirectory("chat-process-");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory.FullName
        };
        start.ArgumentList.Add(typeof(CommandLine).Assembly.Location);
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Bounds.Run);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            directory.Delete(recursive: true);
        }
    }
}
