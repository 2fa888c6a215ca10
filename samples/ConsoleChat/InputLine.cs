namespace ConsoleChat;

/// <summary>The line that is being typed: text, caret, and the lines typed before. It draws nothing.</summary>
internal sealed class InputLine
{
    private readonly List<string> _earlier = [];
    private int _recalled; // in _earlier; its count: the new line
    private int _caret;

    public string Text { get; private set; } = "";

    /// <summary>Does what a key says.</summary>
    /// <returns>The whole line when the key was Enter; else null.</returns>
    public string? Press(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter: return Take();
            case ConsoleKey.Backspace: Remove(Before(_caret), _caret); break;
            case ConsoleKey.Delete: Remove(_caret, After(_caret)); break;
            case ConsoleKey.LeftArrow: _caret = Before(_caret); break;
            case ConsoleKey.RightArrow: _caret = After(_caret); break;
            case ConsoleKey.Home: _caret = 0; break;
            case ConsoleKey.End: _caret = Text.Length; break;
            case ConsoleKey.UpArrow: Recall(_recalled - 1); break;
            case ConsoleKey.DownArrow: Recall(_recalled + 1); break;
            case ConsoleKey.Escape: Remove(0, Text.Length); break;
            default:
                if (key.Modifiers == ConsoleModifiers.Control) PressControl(key.Key);
                else if (!char.IsControl(key.KeyChar)) Insert(key.KeyChar);
                break;
        }
        return null;
    }

    /// <summary>The part of the text around the caret that fits, and where in it the caret is.</summary>
    public (string Text, int Caret) Visible(int columns)
    {
        var from = 0;
        while (ConsoleChat.Text.Columns(Text.AsSpan(from, _caret - from)) >= columns) from = After(from);
        return (ConsoleChat.Text.Crop(Text[from..], columns),
            ConsoleChat.Text.Columns(Text.AsSpan(from, _caret - from)));
    }

    private void PressControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A: _caret = 0; break;
            case ConsoleKey.E: _caret = Text.Length; break;
            case ConsoleKey.U: Remove(0, _caret); break;
            case ConsoleKey.K: Remove(_caret, Text.Length); break;
            case ConsoleKey.W: Remove(Text.AsSpan(0, _caret).TrimEnd().LastIndexOf(' ') + 1, _caret); break;
        }
    }

    private string Take()
    {
        var line = Text;
        if (line.Length > 0 && (_earlier.Count == 0 || _earlier[^1] != line)) _earlier.Add(line);
        _recalled = _earlier.Count;
        Remove(0, Text.Length);
        return line;
    }

    private void Recall(int index)
    {
        if (index < 0 || index > _earlier.Count) return;
        _recalled = index;
        Text = index == _earlier.Count ? "" : _earlier[index];
        _caret = Text.Length;
    }

    private void Insert(char c)
    {
        Text = Text.Insert(_caret, c.ToString());
        _caret++;
    }

    private void Remove(int from, int to)
    {
        Text = Text.Remove(from, to - from);
        _caret = from;
    }

    // Never between the two halves of a character.
    private int Before(int at) => at > 1 && char.IsLowSurrogate(Text[at - 1]) ? at - 2 : Math.Max(at - 1, 0);

    private int After(int at) =>
        at + 1 < Text.Length && char.IsHighSurrogate(Text[at]) ? at + 2 : Math.Min(at + 1, Text.Length);
}
