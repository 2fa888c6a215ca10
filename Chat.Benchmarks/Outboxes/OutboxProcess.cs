using System.Globalization;
using Chat.Benchmarks.Load;
using Chat.Contracts.Identifiers;

namespace Chat.Benchmarks.Outboxes;

/// <summary>The application in a process of its own. It places orders until it is told to stop, or is killed, and says
/// which it takes back.</summary>
/// <param name="arguments">Of its command line.</param>
/// <param name="takenBack">Takes the orders that it takes back.</param>
internal sealed class OutboxProcess(IEnumerable<string> arguments, Action<string> takenBack) : ChildProcess(arguments)
{
    /// <summary>The command of such a process: databases of the application and the chat, its name, how many write at
    /// once, and a conversation for each.</summary>
    public const string ServeName = "outbox-process";

    public static OutboxProcess Start(
        string shop, string chat, int name, int writers, IEnumerable<ConversationId> conversations,
        Action<string> takenBack) => new(
        [ServeName, shop, chat, Text(name), Text(writers), .. conversations.Select(one => $"{one.Value:N}")],
        takenBack);

    /// <summary>It places no more orders, and sends on.</summary>
    public async Task StopWritingAsync()
    {
        await Input.WriteLineAsync();
        await Input.FlushAsync();
    }

    /// <summary>It ends as an application does.</summary>
    public async Task EndAsync()
    {
        Input.Close();
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

    protected override void Take(string line) => takenBack(line);

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
