using System.Runtime.CompilerServices;
using Chat.Server.Persistence.Deployments;
using Chat.Server.Persistence.Entries;
using Chat.Server.Transfer.Lines;

namespace Chat.Server.Transfer.Reading;

/// <summary>Reads an export line by line and checks all that can be checked without a database: each line, that no log
/// has a hole, and at the end the counts and the digest.</summary>
internal sealed class TransferReader(Stream input) : IDisposable
{
    private readonly LineReader _lines = new(input);
    private LogTrack? _log;

    /// <summary>How many lines of each type were read, the trailer left out.</summary>
    public TransferCounts Counts { get; } = new();

    /// <summary>The level that a server must have for what was read.</summary>
    public int Level { get; private set; }

    /// <summary>The bytes of the line that was read last.</summary>
    public int LineBytes => _lines.Bytes;

    /// <summary>Eight bytes of the digest of what was read.</summary>
    public long Mark => BitConverter.ToInt64(_lines.Digest());

    /// <summary>The lines, the trailer last.</summary>
    /// <exception cref="TransferException">The file is not as it must be.</exception>
    public async IAsyncEnumerable<TransferStep> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _lines.ReadAsync(ct) is { } bytes)
        {
            var number = _lines.Number;
            var line = Parse(bytes.Span, number);
            if (line is TrailerLine trailer)
            {
                var end = EndLog(number);
                CheckTrailer(trailer, number);
                yield return new TransferStep(number, line) { Ended = end };
                if (await _lines.ReadAsync(ct) is not null) throw TransferException.At(_lines.Number,
                    "there must be nothing behind the trailer");
                yield break;
            }
            _lines.Count();
            Counts.Add(line.Type);
            yield return Look(line, number);
        }
        throw _lines.Number == 0 ? new TransferException("the file is empty") : CutOff();
    }

    public void Dispose() => _lines.Dispose();

    private TransferLine Parse(ReadOnlySpan<byte> line, long number)
    {
        try
        {
            return LineParser.Parse(line, number);
        }
        catch (TransferException) when (!_lines.IsEnded)
        {
            throw CutOff();
        }
    }

    private TransferException CutOff() =>
        new($"the file is cut off: it ends at line {_lines.Number}, without its trailer");

    private TransferStep Look(TransferLine line, long number)
    {
        if (line is HeaderLine != (number == 1)) throw TransferException.At(number,
            number == 1 ? "the first line must be the header" : "there is a header already");
        if (line is HeaderLine header) CheckHeader(header);
        var step = line switch
        {
            ConversationLine conversation => Begin(conversation, number),
            EntryLine entry => LookAtEntry(entry, number),
            ParticipantLine or ReactionLine or UntoldLine or FollowLine or MentionLine =>
                new TransferStep(number, line) { Conversation = LogOf(line, number).Conversation },
            _ => new TransferStep(number, line) { Ended = EndLog(number) },
        };
        Level = Math.Max(Level, LevelNeeded.By(line, step.Content));
        return step;
    }

    private static void CheckHeader(HeaderLine header)
    {
        if (header.Format != HeaderLine.FormatName)
            throw TransferException.At(1, $"the format is '{header.Format}', and must be '{HeaderLine.FormatName}'");
        if (!header.IsKnown)
            throw TransferException.At(1, $"the format has version {header.Version}, and this server reads "
                + $"{HeaderLine.CurrentVersion} and older ones");
        if (header.Level > Deployment.Level)
            throw TransferException.At(1, $"what is in it needs a server of level {header.Level}, and this version "
                + $"has {Deployment.Level}: import it with the version that exported it, or a newer one");
    }

    private TransferStep Begin(ConversationLine conversation, long number)
    {
        var ended = EndLog(number);
        _log = new LogTrack(conversation);
        return new TransferStep(number, conversation) { Conversation = conversation, Ended = ended };
    }

    private TransferStep LookAtEntry(EntryLine line, long number)
    {
        var log = LogOf(line, number);
        var content = EntryContent.Of(line.Entry);
        if (line.DedupeKey is not null) content = content with { DedupeKey = line.DedupeKey };
        return new TransferStep(number, line)
        {
            Conversation = log.Conversation, Content = content,
            ShownBefore = log.Next(line, number, content.IsShown),
        };
    }

    private LogTrack LogOf(TransferLine line, long number) => _log
        ?? throw TransferException.At(number, $"a line of type '{line.Type}' must stand in a conversation");

    private LogEnd? EndLog(long number)
    {
        var end = _log?.End(number);
        _log = null;
        return end;
    }

    private void CheckTrailer(TrailerLine trailer, long number)
    {
        if (number == 1) throw TransferException.At(number, "the first line must be the header");
        if (!Counts.Equal(trailer.Counts))
            throw TransferException.At(number, "lines are missing or were added: the counts of the trailer are others");
        if (trailer.Sha256 != Convert.ToHexStringLower(_lines.Digest()))
            throw TransferException.At(number, "the file was altered: the SHA-256 of the trailer is another");
    }
}
