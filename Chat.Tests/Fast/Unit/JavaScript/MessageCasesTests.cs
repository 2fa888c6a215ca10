using System.Text;
using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Unit.JavaScript;

/// <summary>What the rules of messages say of generated ones is written into a file, to which the tests in JavaScript
/// hold the client (<c>sdk/rules.test.mjs</c>): both count and refuse alike.</summary>
public sealed class MessageCasesTests
{
    // Parts of texts: what people see as one character, and computers as several.
    private static readonly string[] Parts =
    [
        "a", "b", "c", "€", "王", "👍", "👩‍👩‍👧‍👦", "e\u0301", "é", "🇩🇪", "क्ष", "\u200b", "\ufeff", "\u0085", " ",
        "\u3000", "\u001c", "\ud83d", "\udc4d", "\0", "\u2028", "\ufdfa", "\u0001",
    ];

    private static readonly int[] Lengths =
    [
        0, 1, 1, 1, 1, 2, 2, 3, 3, 10, 20, 30, 255, 256, 682, 683, 1_024, 2_047, 2_048, 2_049, 21_845, 21_846, 65_535,
        65_536, 65_537,
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1.5", "{}", "[]", "{\"a\":null}", "\"{}\"", "\"[1,\\\"é\\\"]\"", "\"{\"", "\"\"",
        "\"nope\"",
    ];

    /// <summary>With CHAT_ACCEPT_API=1 the file is written again.</summary>
    [Fact]
    public void The_cases_for_JavaScript_say_what_the_rules_say()
    {
        var file = Path.Combine(Repository.Root, "Chat.Tests", "node", "sdk", "message-cases.json");
        var cases = Generate();
        var now = "[\n" + string.Join(",\n", cases.Select(Write)) + "\n]\n";
        if (Environment.GetEnvironmentVariable("CHAT_ACCEPT_API") == "1") File.WriteAllText(file, now);
        Assert.Equal(now, File.ReadAllText(file));
        Assert.InRange(cases.Count(one => one.Refusal is null), 100, cases.Count - 100); // both roads are walked
        Assert.InRange(cases.Select(one => one.Refusal).Distinct().Count(), 10, 20);
    }

    private static List<MessageCase> Generate()
    {
        var random = new Random(20_262);
        var cases = new List<MessageCase>();
        for (var i = 0; i < 500; i++)
        {
            var body = random.Next(3) == 0 ? [] : Text(random);
            var url = random.Next(2) == 0 ? [] : Text(random);
            var meta = random.Next(2) == 0 ? [] : Meta(random);
            var type = random.Next(8) == 0 ? random.Next(-1, 5) : 0;
            cases.Add(new MessageCase(body, url, meta, type, RefusalOf(body, url, meta, type)));
        }
        return cases;
    }

    private static Run[] Text(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Run(Pick(random, Parts), Pick(random, Lengths)))];

    private static Run[] Meta(Random random)
    {
        Run[] inner = random.Next(2) == 0
            ? [new Run(Pick(random, Values), 1)]
            : [new Run("\"", 1), new Run(Quoted(Pick(random, Parts)), Pick(random, Lengths)), new Run("\"", 1)];
        var depth = random.Next(2) == 0 ? random.Next(29, 35) : 0;
        return [new Run("[", depth), .. inner, new Run("]", depth)];
    }

    /// <summary>As JSON.stringify writes it, so that both sides see the same bytes.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair) quoted.Append(text[i]).Append(text[++i]);
            else if (text[i] < ' ' || char.IsSurrogate(text[i])) quoted.Append($"\\u{(int)text[i]:x4}");
            else quoted.Append(text[i]);
        }
        return quoted.ToString();
    }

    private static string? RefusalOf(Run[] body, Run[] url, Run[] meta, int type)
    {
        var options = new SendOptions
        {
            AttachmentUrl = Whole(url), AttachmentMeta = meta.Length == 0 ? null : new RawJson(Whole(meta)),
            MsgType = (MessageType)type,
        };
        return MessageRules.Check(Whole(body), options, out _)?.ToText();
    }

    private static string Whole(Run[] runs) =>
        string.Concat(runs.Select(run => string.Concat(Enumerable.Repeat(run.Part, run.Times))));

    private static string Write(MessageCase one) => JsonSerializer.Serialize(
        new
        {
            body = Write(one.Body), url = Write(one.Url), meta = Write(one.Meta), type = one.Type,
            refusal = one.Refusal,
        });

    private static IEnumerable<object[]> Write(Run[] runs) =>
        runs.Select(run => new object[] { Escape(run.Part), run.Times });

    /// <summary>UTF-16 units as <c>%uXXXX</c>: JSON in .NET writes no lone surrogate.</summary>
    private static string Escape(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and < '\u007f' and not '%' ? $"{c}" : $"%u{(int)c:X4}"));

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];

    private readonly record struct Run(string Part, int Times);

    private sealed record MessageCase(Run[] Body, Run[] Url, Run[] Meta, int Type, string? Refusal);
}
