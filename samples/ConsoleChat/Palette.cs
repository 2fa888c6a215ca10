using System.Text;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>Colours, or none: somebody has the same one on every screen and every day.</summary>
internal sealed class Palette(bool isColoured)
{
    // Of the 256 colours of terminals: told apart from each other, and legible on dark and on light.
    private static readonly int[] Names = [32, 35, 65, 71, 98, 130, 133, 136, 161, 166, 168, 172];

    /// <summary>Colours for a terminal, unless the user wants none (https://no-color.org).</summary>
    public static Palette OfConsole() =>
        new(!Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public string Name(UserId user) => Paint(user.Value, $"38;5;{Names[Hash(user.Value) % (uint)Names.Length]}");

    public string Dim(string text) => Paint(text, "2");

    public string Alarm(string text) => Paint(text, "31");

    private string Paint(string text, string code) => isColoured ? $"\e[{code}m{text}\e[0m" : text;

    // FNV-1a: string.GetHashCode differs from run to run.
    private static uint Hash(string text)
    {
        var hash = 2_166_136_261u;
        foreach (var b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 16_777_619;
        return hash;
    }
}
