using System.Globalization;
using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Rights;

namespace Chat.Server.Transports.Rest;

/// <summary>Threads, mentions and pins over REST.</summary>
internal sealed class ThreadEndpoints(IIdentity identity, ChatService chat, Pinning pinning, Answers answers)
{
    public async Task PinsAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.List);
        var found = await pinning.ListAsync(caller, conversation, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, pins) =>
        {
            ThreadAnswers.Write(writer, JsonNames.Snake, pins);
            writer.WriteNumber("count"u8, pins.Count);
        });
    }

    public async Task SetPinnedAsync(HttpContext http, string id, string sequence, bool isPinned)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var target = AmendmentEndpoints.SequenceOf(sequence);
        var stored = await pinning.SetAsync(caller, conversation, target, isPinned, http.RequestAborted);
        await RestAnswer.WriteReceiptAsync(http, stored.ToReceipt());
    }

    public async Task ListAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var query = http.Request.Query;
        var before = PageQuery.ReadBefore(query);
        ChatException.ThrowIf(ThreadRules.Limit.Parse(query["limit"], out var limit));
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.List);
        var found = await chat.Threads.ListAsync(caller, conversation,
            new ThreadsQuery { Before = before, Limit = (int?)limit }, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, threads) =>
        {
            ThreadAnswers.Write(writer, JsonNames.Snake, threads);
            writer.WriteNumber("count"u8, threads.Count);
        });
    }

    public async Task FollowAsync(HttpContext http, string id, string thread, bool isFollowing)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        if (!long.TryParse(thread, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            throw new ChatException(ThreadRules.NoSuchThread());
        await chat.Threads.FollowAsync(caller, conversation, first, isFollowing, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task MentionsAsync(HttpContext http)
    {
        var caller = identity.CallerOf(http);
        ChatException.ThrowIf(ThreadRules.MentionsLimit.Parse(http.Request.Query["limit"], out var limit));
        string? after = http.Request.Query["cursor"];
        var query = new MentionsQuery { After = after is "" ? null : after, Limit = (int?)limit };
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.List);
        var found = await chat.Threads.MentionsAsync(caller, query, http.RequestAborted);
        room.Hold(AnswerWeight.Of(found));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, found, static (writer, mentions) =>
        {
            ThreadAnswers.Write(writer, JsonNames.Snake, mentions);
            writer.WriteNumber("count"u8, mentions.Count);
        });
    }
}
