using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ConsoleChat;

/// <summary>What comes from the user. Reading blocks a thread, so it is never the screen's.</summary>
internal static class Input
{
    /// <summary>The keys that are pressed, as they are; they are not echoed.</summary>
    public static IAsyncEnumerable<ConsoleKeyInfo> KeysAsync(CancellationToken ct)
    {
        var keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
        new Thread(() =>
        {
            try
            {
                while (keys.Writer.TryWrite(Console.ReadKey(intercept: true))) { }
            }
            catch (InvalidOperationException) // the terminal is gone
            {
                keys.Writer.Complete();
            }
        }) { IsBackground = true, Name = "keys" }.Start();
        return keys.Reader.ReadAllAsync(ct);
    }

    /// <summary>The lines of a file or a pipe.</summary>
    public static async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await Task.Run(Console.In.ReadLine, ct).WaitAsync(ct) is { } line) yield return line;
    }
}
