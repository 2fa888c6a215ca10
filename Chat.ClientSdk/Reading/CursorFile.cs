using System.Globalization;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>The file of a <see cref="FileCursorStore"/>: a line for each conversation, its id, its sequence, and the
/// generation of its log where that is known.</summary>
internal static class CursorFile
{
    /// <summary>The content of the file; empty when there is none. Incomplete lines are skipped.</summary>
    public static Dictionary<ConversationId, SavedCursor> Read(string path)
    {
        var cursors = new Dictionary<ConversationId, SavedCursor>();
        if (!File.Exists(path)) return cursors;
        var text = File.ReadAllText(path);
        // A truncated number would be a smaller one: only lines with a line break count.
        for (int from = 0, to; (to = text.IndexOf('\n', from)) >= 0; from = to + 1)
            if (TryParse(text.AsSpan(from, to - from), out var conversation, out var cursor))
                cursors[conversation] = cursor;
        return cursors;
    }

    /// <summary>Replaces the file: after a crash there is one of them, complete.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<ConversationId, SavedCursor>> cursors)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true))
                foreach (var (conversation, (sequence, generation)) in cursors)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{conversation} {sequence}")
                        + (generation is null ? "\n" : $" {generation}\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    private static bool TryParse(ReadOnlySpan<char> line, out ConversationId conversation, out SavedCursor cursor)
    {
        (conversation, cursor) = (default, default);
        var parts = line.TrimEnd('\r').ToString().Split(' ');
        if (parts.Length is < 2 or > 3 || !ConversationId.TryParse(parts[0], out conversation)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            return false;
        cursor = new SavedCursor(sequence, parts.Length == 3 && parts[2].Length > 0 ? parts[2] : null);
        return true;
    }
}
