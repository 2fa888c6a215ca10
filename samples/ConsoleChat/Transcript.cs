using System.Globalization;
using Chat.ClientSdk.Views;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>Writes what happened as lines: messages with time and sender, days, and remarks.</summary>
internal sealed class Transcript(Screen screen, Palette palette)
{
    private DateTime _day;

    public void Messages(IEnumerable<ViewMessage> messages) => screen.WriteLines(messages.SelectMany(LinesOf));

    /// <summary>A line across the screen: what follows belongs together.</summary>
    public void Divide(string title)
    {
        _day = default; // the next message says its day again
        screen.WriteLine(palette.Dim($"── {title} ──"));
    }

    public void Remark(string text) => screen.WriteLine(palette.Dim($"* {text}"));

    public void Alarm(string text) => screen.WriteLine(palette.Alarm($"! {text}"));

    public string Name(UserId user) => palette.Name(user);

    private IEnumerable<string> LinesOf(ViewMessage message)
    {
        var at = message.Entry.CreatedAt.LocalDateTime;
        if (at.Date != _day)
            yield return palette.Dim($"── {at.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)} ──");
        _day = at.Date;
        var (time, name) = (palette.Dim(at.ToString("HH:mm", CultureInfo.InvariantCulture)),
            palette.Name(message.SenderId));
        if (message.IsDeleted)
        {
            yield return $"{time} {name}: {palette.Dim("(taken back)")}";
            yield break;
        }
        var lines = Text.Lines(message.Body);
        var edited = message.EditedAt is null ? "" : palette.Dim(" (edited)");
        if (message.Entry.Thread is { } thread) name += palette.Dim($" (in thread {thread})");
        var reactions = message.Reactions.Count == 0
            ? ""
            : palette.Dim(
                $"  [{string.Join(", ",
                    message.Reactions.Select(
                        reaction => $"{Text.OneLine(reaction.Key)} {reaction.Count}"))}]");
        yield return $"{time} {name}: {lines[0]}{(lines.Length == 1 ? edited + reactions : "")}";
        for (var i = 1; i < lines.Length; i++)
            yield return $"      {lines[i]}{(i == lines.Length - 1 ? edited + reactions : "")}";
        if (message.Current is { Attachments: null, AttachmentUrl: { } url })
            yield return $"      {palette.Dim(Text.OneLine(url))}";
        foreach (var file in message.Current.Attachments ?? [])
            yield return $"      {palette.Dim(Text.OneLine(file.Url))}";
    }
}
