using System.Text;

namespace ConsoleChat;

/// <summary>A row of the live part: cropped to the screen, then painted.</summary>
internal readonly record struct Row(string Text, Func<string, string> Paint);

/// <summary>Lines that stay and scroll away upwards, and below them the live part: some rows and the line that is being
/// typed. The live part is taken away, lines are written, and it is drawn again, all in one write: nothing tears. A
/// screen that is no terminal has the lines only.</summary>
internal sealed class Screen(TextWriter output, bool isLive, Func<int> width)
{
    private IReadOnlyList<Row> _rows = [];
    private string _prompt = "";
    private int _caret;
    private int _drawnAbove; // rows of the live part above the caret's

    public bool IsLive => isLive;

    /// <summary>One less than there are: a row that fills the last one is two in some terminals.</summary>
    public int Columns => Math.Max(width() - 1, 10);

    public static Screen OfConsole() => new(
        Console.Out, !Console.IsInputRedirected && !Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") != "dumb", () => Console.WindowWidth);

    public void WriteLine(string line) => WriteLines([line]);

    public void WriteLines(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines) text.Append(line).Append('\n');
        if (isLive) Redraw(text.ToString());
        else output.Write(text);
    }

    /// <summary>Replaces the live part.</summary>
    /// <param name="rows">The rows above the prompt.</param>
    /// <param name="prompt">The last row; no wider than <see cref="Columns"/>.</param>
    /// <param name="caret">The column of the caret in it.</param>
    public void ShowLive(IReadOnlyList<Row> rows, string prompt, int caret)
    {
        (_rows, _prompt, _caret) = (rows, prompt, caret);
        if (isLive) Redraw("");
    }

    // Relative movements only: to ask a terminal where the caret is, one has to read, and somebody is reading keys.
    private void Redraw(string lines)
    {
        var text = new StringBuilder("\e[?25l\r");
        if (_drawnAbove > 0) text.Append($"\e[{_drawnAbove}A");
        text.Append("\e[J").Append(lines);
        foreach (var row in _rows) text.Append(row.Paint(Text.Crop(row.Text, Columns))).Append('\n');
        text.Append(_prompt).Append('\r');
        if (_caret > 0) text.Append($"\e[{_caret}C");
        output.Write(text.Append("\e[?25h"));
        _drawnAbove = _rows.Count;
    }
}
