using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Chat.Server.Configuration;
using Chat.Server.Hosting.Configuration;
using Chat.Server.Persistence;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.Start;

/// <summary>A start that fails for a reason the operator can mend ends with one line a problem and exit code 1, without
/// a stack trace.</summary>
internal static partial class StartProblems
{
    public const int ExitCode = 1;

    /// <summary>Runs the program; anything but a known problem goes through to the runtime.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> program, TextWriter errors)
    {
        try
        {
            return await program();
        }
        catch (Exception e) when (Describe(e) is { } problems)
        {
            foreach (var problem in problems) await errors.WriteLineAsync(problem);
            return ExitCode;
        }
    }

    /// <summary>The problems behind an exception, or null when it is none of configuration.</summary>
    public static IReadOnlyList<string>? Describe(Exception exception) => exception switch
    {
        ConfigurationException e => e.Problems,
        OptionsValidationException e => e.Failures.Select(failure => Readable(e.OptionsType, failure)).ToArray(),
        AggregateException e when e.InnerExceptions.Select(Describe).ToArray() is var all
            && all.All(p => p is not null) => all.SelectMany(p => p!).ToArray(),
        InvalidOperationException e when BindingFailure().Match(e.Message) is { Success: true } match =>
            [BindingProblem(match)],
        InvalidDataException e when e.Message.Contains("configuration", StringComparison.OrdinalIgnoreCase) =>
            [$"{e.Message.TrimEnd('.')}: it must be valid JSON"],
        InvalidOperationException e when e.Message.Contains("UsePathBase", StringComparison.Ordinal) =>
            ["ASPNETCORE_URLS (or --urls) must not have a path: Chat:Server:PathBase is for that"],
        FormatException e when e.Message.StartsWith("Invalid url", StringComparison.Ordinal) =>
            ["ASPNETCORE_URLS (or --urls) must hold URLs such as http://*:8080, separated by semicolons"],
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            ["this user may not listen on that port: set PORT to one above 1023"],
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            ["the address to listen on is not one of this machine: check ASPNETCORE_URLS (or --urls)"],
        StoreException e => [$"the database cannot be used: {e.InnerException?.Message ?? e.Message}"],
        IOException { InnerException: AddressInUseException } =>
            ["the address to listen on is already in use: set PORT or ASPNETCORE_URLS to a free one"],
        DbException e => [$"the database cannot be used: {e.Message}"],
        { InnerException: DbException e } => [$"the database cannot be used: {e.Message}"],
        _ => null,
    };

    /// <summary>Turns "ShutdownSeconds: The field ServerOptions.ShutdownSeconds must be …" into
    /// "Chat:Server:ShutdownSeconds must be …".</summary>
    private static string Readable(Type options, string failure)
    {
        var section = $"Chat:{(options.Name.EndsWith("Options", StringComparison.Ordinal)
            ? options.Name[..^"Options".Length]
            : options.Name)}:";
        var known = $"The field {options.Name}.";
        var at = failure.IndexOf(known, StringComparison.Ordinal);
        if (at >= 0) return section + failure[(at + known.Length)..].TrimEnd('.');
        return section + DoubledName().Replace(failure, "");
    }

    private static string BindingProblem(Match match) => $"{match.Groups["path"].Value} must be "
        + match.Groups["type"].Value switch
    {
        "System.Boolean" => "true or false",
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" => "a number",
        "System.TimeSpan" => "a time span such as 00:00:10",
        var type => "a valid " + type,
    };

    /// <summary>"Key: Key must …": a message of our own has the name already.</summary>
    [GeneratedRegex(@"^(?<name>\w+): (?=\k<name> )")]
    private static partial Regex DoubledName();

    [GeneratedRegex("at '(?<path>[^']+)' to type '(?<type>[^']+)'")]
    private static partial Regex BindingFailure();
}
