namespace Chat.Tests.Integration.Changes;

/// <summary>What a client does next, as the seed has it.</summary>
/// <param name="known">The messages of the conversation.</param>
/// <param name="user">Who it is.</param>
/// <param name="others">Whom messages may name.</param>
/// <param name="random">The seed's.</param>
/// <param name="name">Of the client: its texts and keys are its own.</param>
internal sealed class RandomChanges(
    KnownMessages known, string user, IReadOnlyList<string> others, Random random, string name)
{
    /// <summary>Whether the users take part: else they may not pin.</summary>
    public bool MayPin { get; init; }

    private static readonly string[] Emoji = ["👍", "❤", ":tada:", "😀"];

    private int _count;

    public Change Any() => random.Next(15) switch
    {
        < 5 => Send(),
        < 8 => Edit(known.Draw(random, user)),
        8 => Delete(known.Draw(random, user)),
        9 => Edit(known.Draw(random, user)) with { IfVersion = Math.Max(1, known.Draw(random, user)) },
        10 or 11 => Pin(),
        _ => React(known.Draw(random)),
    };

    /// <summary>Some at the same time, in this order: what is about the same message is decided in it.</summary>
    public IReadOnlyList<Change> AtOnce()
    {
        var target = known.Draw(random, user);
        return random.Next(5) switch
        {
            0 => [Edit(target), Delete(target), Edit(target), Send()],
            1 => [Edit(target), Edit(target), Send()],
            2 => [Send(), Delete(target), Send()],
            3 => [React(target), Delete(target), React(target), Send()],
            _ => [Send(), Edit(target), Send(), Edit(known.Draw(random, user))],
        };
    }

    private Change Send()
    {
        var (key, first) = (NewKey(), known.Draw(random));
        var send = new Change(ChangeKind.Send, key) { Body = TextOf(key), Mentions = Mentioned() };
        if (first == 0) return send;
        return random.Next(6) switch
        {
            0 => send with { ReplyTo = first },
            1 or 2 => send with { Thread = first },
            3 => send with { Thread = first, AlsoInConversation = true },
            _ => send,
        };
    }

    private Change Edit(long target)
    {
        var key = NewKey();
        return target == 0 ? Send()
            : new Change(ChangeKind.Edit, key) { Target = target, Body = TextOf(key), Mentions = Mentioned() };
    }

    private Change Delete(long target) =>
        target == 0 ? Send() : new Change(ChangeKind.Delete, NewKey()) { Target = target };

    private Change React(long target) => target == 0 ? Send() : new Change(ChangeKind.React, NewKey())
    {
        Target = target, Reactions = [.. Emoji.Where(_ => random.Next(2) == 0)],
    };

    private Change Pin() => MayPin && known.Draw(random) is var target and not 0
        ? new Change(random.Next(3) == 0 ? ChangeKind.Unpin : ChangeKind.Pin, NewKey()) { Target = target }
        : Send();

    private string NewKey() => $"{name}-{++_count}";

    // Found again in whatever answer by its marks.
    private string TextOf(string key) => $"~{key}~{new string('x', random.Next(12) == 0 ? random.Next(2_000) : 0)}";

    private string[] Mentioned() => random.Next(4) == 0 ? [others[random.Next(others.Count)]] : [];
}
