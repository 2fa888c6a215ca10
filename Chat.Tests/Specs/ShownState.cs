using System.Text.Json;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Json;
using Chat.Contracts.Rules;

namespace Chat.Tests.Specs;

/// <summary>What a client shows that has a page of a view, and the entries that came after it.</summary>
internal sealed class ShownState
{
    private readonly SortedDictionary<long, MessageEntry> _messages = [];
    private readonly Dictionary<long, long> _versions = [];
    private readonly HashSet<long> _pinned = [];
    private readonly Dictionary<long, ThreadReplies> _replies = [];
    private readonly long _thread;

    /// <param name="page">Of a view.</param>
    /// <param name="thread">Whose replies it shows; 0: the main stream.</param>
    public ShownState(HistoryPage page, long thread)
    {
        (_thread, Head) = (thread, page.Head);
        var current = page.Current!.ToDictionary(one => one.Sequence);
        foreach (var message in page.Entries.OfType<MessageEntry>())
        {
            var now = current.GetValueOrDefault(message.Sequence);
            _messages[message.Sequence] = MessageFold.Of(message, now);
            _versions[message.Sequence] = now?.Version ?? message.Sequence;
            if (now is { Pinned: true }) _pinned.Add(message.Sequence);
            if (now?.Replies is { } replies) _replies[message.Sequence] = replies;
        }
    }

    public long Head { get; }

    /// <param name="entry">One behind the head.</param>
    /// <param name="threadOf">In which thread a message stands: a deletion does not say.</param>
    public void Apply(ConversationEntry entry, Func<long, long?> threadOf)
    {
        switch (entry)
        {
            case MessageEntry message:
                if (message.Thread is { } thread) Count(thread, 1, message.Sequence);
                if (_thread > 0 ? message.Thread != _thread : !ShownRules.IsShown(message)) break;
                (_messages[message.Sequence], _versions[message.Sequence]) = (message, message.Sequence);
                break;
            case MessageEditedEntry edit:
                Change(edit.TargetSequence, entry);
                break;
            case MessageDeletedEntry deletion:
                Change(deletion.TargetSequence, entry);
                _pinned.Remove(deletion.TargetSequence);
                if (threadOf(deletion.TargetSequence) is { } repliedIn) Count(repliedIn, -1, 0);
                break;
            case PinnedEntry pin:
                _pinned.Add(pin.TargetSequence);
                break;
            case UnpinnedEntry pin:
                _pinned.Remove(pin.TargetSequence);
                break;
        }
    }

    /// <summary>A line for each message.</summary>
    public override string ToString() => string.Join('\n', _messages.Values.Select(message =>
        $"{_versions[message.Sequence]} {_pinned.Contains(message.Sequence)} "
            + $"{_replies.GetValueOrDefault(message.Sequence)} "
            + JsonSerializer.Serialize(message, ChatJsonContext.Default.ConversationEntry)));

    private void Change(long target, ConversationEntry change)
    {
        if (!_messages.TryGetValue(target, out var message)) return;
        (_messages[target], _versions[target]) = (MessageFold.Of(message, change), change.Sequence);
    }

    private void Count(long thread, int step, long sequence)
    {
        if (!_messages.ContainsKey(thread)) return;
        var before = _replies.GetValueOrDefault(thread) ?? new ThreadReplies(0, 0);
        _replies[thread] = new ThreadReplies(before.Count + step, Math.Max(before.LastSequence, sequence));
    }
}
