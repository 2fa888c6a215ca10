using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
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
    [InlineData("Chat__Server__MigrateOnStart", "maybe", "Chat:Server:MigrateOnStart must be true or false")]
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
    public async Task The_health_check_fails_where_nobody_answers()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Assert.Equal(1, (await RunAsync(["healthcheck", $"http://127.0.0.1:{port}/health/live"])).Exit);
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
