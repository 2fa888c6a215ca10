using System.Globalization;
using Chat.ClientSdk;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace ConsoleChat;

/// <summary>What one can type besides messages. Which conversation is on the screen, and when it ends, is the app's: it
/// gives the four actions.</summary>
internal sealed class Commands
{
    private readonly ChatClient _chat;
    private readonly Transcript _transcript;
    private readonly Func<Room> _room;
    private readonly List<Command> _all;
    private IReadOnlyList<ConversationSummary> _listed = [];

    public Commands(ChatClient chat, Transcript transcript, Func<Room> room, Func<ConversationId, Task> join,
        Action quit)
    {
        (_chat, _transcript, _room) = (chat, transcript, room);
        _all =
        [
            new("/help", "", "this", _ => Help()),
            new("/join", "<id>", "open another conversation: its id, its number in /list, or lobby",
                argument => join(Find(argument))),
            new("/create", "<users>", "start a conversation: direct with one user, a group with several",
                async argument => await join(await CreateAsync(argument))),
            new("/list", "[more]", "your conversations, most recently active first", ListAsync),
            new("/who", "", "who is online, and how far each has read", _ => WhoAsync()),
            new("/history", "[n]", "older messages, 20 unless told",
                argument => room().ShowOlderAsync(Count(argument), default)),
            new("/threads", "", "the threads of this conversation, with the numbers of their first messages",
                _ => ThreadsAsync()),
            new("/reply", "<n> <text>", "reply in the thread of message n", ReplyAsync),
            new("/mentions", "", "messages that name you, in all conversations", _ => MentionsAsync()),
            new("/edit", "[n] <text>", "let your last message, or message n, say something else", EditAsync),
            new("/delete", "[n]", "delete your last message, or message n, for ever", DeleteAsync),
            new("/react", "<n> [emoji …]", "your reactions to message n, all of them; none takes them away",
                ReactAsync),
            new("/retry", "", "send again what was refused", _ => Failed(message => message.Retry())),
            new("/discard", "", "forget what was refused", _ => Failed(message => message.Discard())),
            new("/quit", "", "quit; unsent messages are sent at the next start",
                _ => { quit(); return Task.CompletedTask; }),
        ];
    }

    /// <summary>Does what a line says, and writes what went wrong.</summary>
    public async Task RunAsync(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (_all.Find(command => command.Name == words[0]) is not { } found)
        {
            _transcript.Alarm(
                $"{words[0]} is not a command; /help lists them. A message that begins with / is written with two: //");
            return;
        }
        try
        {
            await found.RunAsync(words.Length > 1 ? words[1] : "");
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The program ends.
        }
        catch (Exception e) when (e is ChatException or FormatException or InvalidOperationException)
        {
            _transcript.Alarm(e.Message);
        }
    }

    private Task Help()
    {
        foreach (var command in _all) _transcript.Remark($"{$"{command.Name} {command.Argument}",-16} {command.Does}");
        return Task.CompletedTask;
    }

    private async Task ListAsync(string more)
    {
        var first = more == "more" && _listed is [.., { Cursor: not null }] ? _listed.Count : 0;
        _listed = first == 0
            ? await _chat.ConversationsAsync()
            : [.. _listed, .. await _chat.ConversationsAsync(new ConversationsQuery { Cursor = _listed[^1].Cursor })];
        for (var i = first; i < _listed.Count; i++)
        {
            var one = _listed[i];
            var name = one.Id == ConversationId.Lobby
                ? "lobby"
                : Text.OneLine(one.Title ?? $"{one.Kind}".ToLowerInvariant());
            _transcript.Remark(
                $"{i + 1,3}  {one.Id}  "
                    + $"{name}{(one.UnreadCount > 0
                        ? $", {one.UnreadCount} unread"
                        : "")}{(one.Id == _room().Id ? ", here" : "")}");
        }
        if (_listed.Count - first == ChatLimits.DefaultListPage) _transcript.Remark("there may be more: /list more");
    }

    private async Task ThreadsAsync()
    {
        foreach (var one in await _chat.ThreadsAsync(_room().Id))
        {
            var unread = one.Unread is { Count: > 0 and var count, More: var more }
                ? $", {count}{(more ? "+" : "")} unread"
                : "";
            _transcript.Remark($"{one.Thread,5}  {one.Replies} replies{unread}, the last one: {TextOf(one.LastEntry)}");
        }
    }

    private Task ReplyAsync(string argument)
    {
        if (argument.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var number, { Length: > 0 } text]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var thread))
            throw new FormatException("to which message, and what? for example /reply 7 yes");
        _chat.Enqueue(_room().Id, text, new SendOptions { Thread = thread });
        return Task.CompletedTask;
    }

    private async Task MentionsAsync()
    {
        foreach (var one in await _chat.MentionsAsync())
            _transcript.Remark($"{one.ConversationId}  {one.Sequence}  {TextOf(one.Entry)}");
    }

    private static string TextOf(ConversationEntry? entry) => Text.OneLine((entry as MessageEntry)?.Body ?? "");

    // The view knows all of this too; a user who asks wants the server's word.
    private async Task WhoAsync()
    {
        if (_chat.State != ConnectionState.Connected)
            throw new InvalidOperationException("not connected: nobody knows");
        var presence = await _chat.GetPresenceAsync(_room().Id);
        var read = (await _chat.ReadPositionsAsync(_room().Id)).ToDictionary(position => position.UserId,
            position => position.Sequence);
        _transcript.Remark($"{presence.OnlineCount} online");
        foreach (var user in presence.Users)
            _transcript.Remark(
                $"  {_transcript.Name(user.UserId)}: {PresenceOf(user)}, "
                    + $"{ReadOf(read.GetValueOrDefault(user.UserId))}");
    }

    private static string PresenceOf(UserPresence user) => user.Online ? "here"
        : user.LastSeenAt is { } at
            ? $"last seen {at.LocalDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}"
            : "away";

    private string ReadOf(long position) => _room().State is { Messages: [.., var last] } && position < last.Sequence
        ? position == 0 ? "has read nothing" : $"has read up to {position} of {last.Sequence}"
        : "has read everything";

    private ConversationId Find(string text) =>
        text == "lobby" ? ConversationId.Lobby
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1
            && number <= _listed.Count ? _listed[number - 1].Id
        : ConversationId.TryParse(text, out var id)
            ? id
            : throw new FormatException("not a conversation: give an id, a number in /list, or lobby");

    private async Task<ConversationId> CreateAsync(string names)
    {
        List<UserId> users = [.. names.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(UserId.Parse)];
        if (users.Count == 0) throw new FormatException("name at least one user, for example /create ben cem");
        var made = await _chat.CreateConversationAsync(
            new CreateConversation
            {
                ParticipantIds = users, Kind = users.Count == 1 ? ConversationKind.Direct : ConversationKind.Group
            });
        return made.Id;
    }

    private Task EditAsync(string argument)
    {
        var (sequence, text) = Own(argument);
        if (text.Length == 0) throw new FormatException("what is it to say? /edit <text>");
        var message = _room().Find(sequence);
        _chat.EnqueueEdit(_room().Id, sequence, new EditMessage
        {
            // what an edit does not name is gone
            Body = text, AttachmentUrl = message?.AttachmentUrl, AttachmentMeta = message?.AttachmentMeta,
            Attachments = message?.Current.Attachments, Mentions = message?.Current.Mentions,
            IfVersion = message?.PendingChanges.Count == 0 ? message.Version : null,
        });
        return Task.CompletedTask;
    }

    private Task DeleteAsync(string argument)
    {
        var (sequence, rest) = Own(argument);
        if (rest.Length > 0) throw new FormatException("which? /delete [n]");
        _chat.EnqueueDelete(_room().Id, sequence);
        return Task.CompletedTask;
    }

    private Task ReactAsync(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0
            || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
            throw new FormatException("to which message? for example /react 7 👍");
        _chat.EnqueueReactions(_room().Id, sequence, words[1..]);
        return Task.CompletedTask;
    }

    /// <summary>The message that a command names, by its number or as one's last one, and what follows.</summary>
    private (long Sequence, string Text) Own(string argument)
    {
        var words = argument.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && _room().Find(number) is not null) return (number, words.Length > 1 ? words[1] : "");
        return _room().LastOwn is { } last
            ? (last.Sequence, argument)
            : throw new InvalidOperationException("there is no message of yours on the screen");
    }

    private Task Failed(Action<PendingMessage> act)
    {
        foreach (var message in _chat.Pending.In(_room().Id)
            .Where(message => message.State == PendingMessageState.Failed)) act(message);
        return Task.CompletedTask;
    }

    private static int Count(string text) => text.Length == 0 ? 20
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= 1_000 ? count
        : throw new FormatException("how many? 1 to 1000");

    private sealed record Command(string Name, string Argument, string Does, Func<string, Task> RunAsync);
}
