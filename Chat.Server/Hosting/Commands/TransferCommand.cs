using System.IO.Compression;
using Chat.Contracts.Identifiers;
using Chat.Server.Callers;
using Chat.Server.Configuration;
using Chat.Server.Persistence;
using Chat.Server.Transfer;
using Chat.Server.Transfer.Lines;
using Chat.Server.Transfer.Store;

namespace Chat.Server.Hosting.Commands;

/// <summary>The commands <c>export</c> and <c>import</c>.</summary>
internal static class TransferCommand
{
    public static readonly string[] Names = ["output", "tenant", "conversation"];

    private const string Compressed = ".gz";

    /// <returns>The exit code.</returns>
    /// <exception cref="ConfigurationException">An argument is not as it must be.</exception>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static Task<int> ExportAsync(this IServiceProvider services, NamedArguments named) => GuardAsync(async () =>
    {
        var filter = new ExportFilter(TenantOf(named["tenant"]), ConversationsOf(named["conversation"]));
        if (await services.GetRequiredService<SchemaCheck>().FindProblemAsync(default) is { } problem)
            throw new TransferException(problem);
        var export = services.GetRequiredService<Export>();
        if (named["output"] is not { } path)
        {
            await using var output = Console.OpenStandardOutput();
            await export.RunAsync(filter, output, default);
            return 0;
        }
        var counts = await ToFileAsync(path, output => export.RunAsync(filter, output, default));
        await Console.Error.WriteLineAsync($"{path}: {Describe(counts)}");
        return 0;
    });

    /// <param name="services">Of the program.</param>
    /// <param name="path">The file; <c>-</c>: standard input.</param>
    /// <param name="migrate">Brings the schema up to date.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static Task<int> ImportAsync(this IServiceProvider services, string path, Func<Task> migrate) =>
        GuardAsync(async () =>
        {
            if (await services.GetRequiredService<OtherSessions>().AnyAsync(default))
                throw new TransferException("a server, or another command, works with the database: stop it first");
            await migrate();
            var source = path == "-" ? new TransferSource(Console.OpenStandardInput()) : new TransferSource(path);
            var counts = await services.GetRequiredService<Import>().RunAsync(source, default);
            await Console.Error.WriteLineAsync(counts is null
                ? "this export was imported already; nothing was changed"
                : $"imported: {Describe(counts)}");
            return 0;
        });

    private static async Task<int> GuardAsync(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (Exception e) when (e is TransferException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Never over a file that is there. It has everybody's messages, so it is this user's alone.</summary>
    private static async Task<TransferCounts> ToFileAsync(string path, Func<Stream, Task<TransferCounts>> write)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        try
        {
            await using var output = path.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase)
                ? new GZipStream(file, CompressionLevel.Optimal)
                : (Stream)file;
            return await write(output);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private static string Describe(TransferCounts counts) =>
        $"{counts.Of(ConversationLine.Name)} conversation(s), {counts.Of(EntryLine.Name)} entries, "
        + $"{counts.Of(UserLine.Name)} user(s)";

    private static Tenant? TenantOf(string? text) => text is null ? null : UserArgument.ParseTenant(text);

    private static List<ConversationId>? ConversationsOf(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries).Select(id => Guid.TryParse(id, out var value)
            ? new ConversationId(value)
            : throw new ConfigurationException("--conversation must be ids of conversations, separated by commas"))
            .Distinct().ToList();
}
