using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Json;
using Chat.Tests.Integration.Membership;

namespace Chat.Tests.Integration.Changes;

/// <summary>Changes as calls of the hub.</summary>
internal static class HubChanges
{
    public static async Task<ChangeOutcome> DoAsync(HubDevice hub, Change change)
    {
        var (method, arguments) = CallOf(change);
        var answer = await hub.InvokeAsync(method, $"\"{hub.Conversation}\",{arguments}");
        // "An unexpected error occurred … HubException: code: message"
        if (HubDevice.RefusalOf(answer) is { } refusal) return new ChangeOutcome(refusal.Split(": ")[1]);
        var receipt = answer.GetProperty("result");
        if (change.Kind == ChangeKind.React) return new ChangeOutcome(null);
        return new ChangeOutcome(null, receipt.GetProperty("sequence").GetInt64(),
            receipt.GetProperty("id").GetString()!, receipt.GetProperty("duplicate").GetBoolean());
    }

    public static SendOptions OptionsOf(Change change) => new()
    {
        DedupeKey = change.Key, ReplyTo = change.ReplyTo, Thread = change.Thread,
        AlsoInConversation = change.AlsoInConversation, Mentions = MentionsOf(change),
    };

    public static EditMessage EditOf(Change change) => new()
    {
        Body = change.Body, Mentions = MentionsOf(change), IfVersion = change.IfVersion, DedupeKey = change.Key,
    };

    private static MessageMentions? MentionsOf(Change change) =>
        change.Mentions.Count == 0 ? null : new() { Users = [.. change.Mentions.Select(UserId.Parse)] };

    private static (string Method, string Arguments) CallOf(Change change) => change.Kind switch
    {
        ChangeKind.Send => ("Send", $"\"{change.Body}\",{Json(OptionsOf(change))}"),
        ChangeKind.Edit => ("EditMessage", $"{change.Target},{Json(EditOf(change))}"),
        ChangeKind.Delete => ("DeleteMessage", $"{change.Target},{Json(new DeleteMessage { DedupeKey = change.Key })}"),
        ChangeKind.React => ("SetReactions", $"{change.Target},{JsonSerializer.Serialize(change.Reactions)}"),
        _ => ("SetPinned", $"{change.Target},{(change.Kind == ChangeKind.Pin ? "true" : "false")}"),
    };

    private static string Json<T>(T command) => JsonSerializer.Serialize(command, typeof(T), ChatJsonContext.Default);
}
