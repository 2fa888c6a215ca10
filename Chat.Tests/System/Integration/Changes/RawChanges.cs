using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>Changes as frames of raw sockets.</summary>
internal static class RawChanges
{
    public const string Features = "seq,receipts,edits,threads,reactions";

    public static async Task<ChangeOutcome> DoAsync(RawDevice raw, Change change)
    {
        var answer = await raw.AskAsync(FrameOf(change, raw.Conversation.ToString()),
            change.Kind is ChangeKind.Pin or ChangeKind.Unpin ? null : change.Key,
            change.Kind == ChangeKind.React ? change.Target : null);
        return RawDevice.RefusalOf(answer) is { } refusal ? new ChangeOutcome(refusal)
            : change.Kind == ChangeKind.React ? new ChangeOutcome(null)
            : new ChangeOutcome(null, answer.GetProperty("seq").GetInt64(), answer.GetProperty("id").GetString()!,
                answer.GetProperty("duplicate").GetBoolean());
    }

    private static object FrameOf(Change change, string conversation) => change.Kind switch
    {
        ChangeKind.Send => new
        {
            type = "message", conversation_id = conversation, body = change.Body, dedupe_key = change.Key,
            reply_to = change.ReplyTo, thread = change.Thread, also_in_conversation = change.AlsoInConversation,
            mentions = new { users = change.Mentions },
        },
        ChangeKind.Edit => new
        {
            type = "edit", conversation_id = conversation, target_seq = change.Target, body = change.Body,
            dedupe_key = change.Key, if_version = change.IfVersion, mentions = new { users = change.Mentions },
        },
        ChangeKind.Delete => new
        {
            type = "delete", conversation_id = conversation, target_seq = change.Target, dedupe_key = change.Key,
        },
        ChangeKind.React => new
        {
            type = "react", conversation_id = conversation, target_seq = change.Target, keys = change.Reactions,
            dedupe_key = change.Key,
        },
        _ => new
        {
            type = change.Kind == ChangeKind.Pin ? "pin" : "unpin", conversation_id = conversation,
            target_seq = change.Target,
        },
    };
}
