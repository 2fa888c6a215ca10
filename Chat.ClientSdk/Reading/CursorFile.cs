using System.Globalization;
using Chat.Contracts.Identifiers;

namespace Chat.ClientSdk.Reading;

/// <summary>The file of a <see cref="FileCursorStore"/>: a line for each conversation, its id and its
/// sequence.</summary>
internal static class CursorFile
{
    /// <summary>What is in the file; empty when there is none. Lines that are not whole are passed over.</summary>
    public static Dictionary<ConversationId, long> Read(string path)
    {
        var cursors = new Dictionary<ConversationId, long>();
        if (!File.Exists(path)) return cursors;
        var text = File.ReadAllText(path);
        // A number that was cut off is a smaller one: only what ends in a line break counts.
        for (int from = 0, to; (to = text.IndexOf('\n', from)) >= 0; from = to + 1)
            if (TryParse(text.AsSpan(from, to - from), out var conversation, out var sequence))
                cursors[conversation] = sequence;
        return cursors;
    }

    /// <summary>Puts a new file in the place of the old one: after a crash one of them is there, whole.</summary>
    public static void Write(string path, IEnumerable<KeyValuePair<ConversationId, long>> cursors)
    {
        var next = path + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using (var writer = new StreamWriter(file, leaveOpen: true))
                foreach (var (conversation, sequence) in cursors)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{conversation} {sequence}\n"));
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    private static bool TryParse(ReadOnlySpan<char> line, out ConversationId conversation, out long sequence)
    {
        (conversation, sequence) = (default, 0);
        var space = line.IndexOf(' ');
        return space > 0 && ConversationId.TryParse(line[..space].ToString(), out conversation)
            && long.TryParse(line[(space + 1)..].TrimEnd('\r'), NumberStyles.None, CultureInfo.InvariantCulture,
                out sequence);
    }
}
