using System.Diagnostics;
using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Outboxes;

/// <summary>The application in a process of its own. It places orders until it is told to stop, or is killed, and says
/// which it takes back.</summary>
internal sealed class OutboxProcess
{
    /// <summary>The command of such a process: databases of the application and the chat, its name, how many write at
    /// once, and a conversation for each.</summary>
    public const string ServeName = "outbox-process";

    private const string ReadyLine = "ready";

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OutboxProcess(Process process, Action<string> takenBack)
    {
        _process = process;
        Ended = Task.Run(async () =>
        {
            while (await process.StandardOutput.ReadLineAsync() is { } text)
                if (text == ReadyLine) _ready.TrySetResult();
                else takenBack(text);
            _ready.TrySetException(new InvalidOperationException("the process ended"));
        });
    }

    /// <summary>When it places orders.</summary>
    public Task Ready => _ready.Task;

    /// <summary>When all that it wrote was read.</summary>
    public Task Ended { get; }

    public static OutboxProcess Start(
        string shop, string chat, int name, int writers, IEnumerable<ConversationId> conversations,
        Action<string> takenBack)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true, RedirectStandardInput = true,
        };
        string[] arguments =
        [
            ServeName, shop, chat, Text(name), Text(writers), .. conversations.Select(one => $"{one.Value:N}"),
        ];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return new OutboxProcess(Process.Start(start)!, takenBack);
    }

    /// <summary>It places no more orders, and sends on.</summary>
    public async Task StopWritingAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>It ends as an application does.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await Ended;
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await Ended;
    }

    public static async Task<int> ServeAsync(string[] args)
    {
        if (args is not [var shop, var chat, var name, var writers, .. var ids] || ids.Length == 0)
            throw new UsageException("it is started by the command outbox");
        var conversations = Array.ConvertAll(ids, id => new ConversationId(Guid.Parse(id)));
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var lines = TextWriter.Synchronized(output);
        await using var application = await OutboxApplication.StartAsync(shop, chat);
        await lines.WriteLineAsync(ReadyLine);
        using var ending = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, int.Parse(writers, CultureInfo.InvariantCulture))
            .Select(n => Task.Run(() => WriteAsync(
                application, conversations[n % conversations.Length], $"{name}.{Text(n)}", lines, ending.Token))));
        using var input = new StreamReader(Console.OpenStandardInput());
        await input.ReadLineAsync();
        await ending.CancelAsync();
        await writing;
        await input.ReadToEndAsync();
        return 0;
    }

    private static async Task WriteAsync(
        OutboxApplication application, ConversationId conversation, string writer, TextWriter lines,
        CancellationToken ct)
    {
        for (var n = 0; !ct.IsCancellationRequested; n++)
        {
            var order = Guid.CreateVersion7();
            var kind = Random.Shared.Next(8) switch
            {
                0 => OutboxTransaction.TakenBack, 1 => OutboxTransaction.Left, 2 or 3 => OutboxTransaction.Own,
                _ => OutboxTransaction.OfSave,
            };
            if (kind is OutboxTransaction.TakenBack or OutboxTransaction.Left) lines.WriteLine($"{order:N}");
            await application.PlaceAsync(order, conversation, kind, $"{order:N} {writer} {Text(n)}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
