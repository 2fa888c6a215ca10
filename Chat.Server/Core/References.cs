using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;
using Chat.Server.Callers;
using Chat.Server.Core.Conversations;
using Chat.Server.Persistence;
using Chat.Server.Persistence.Entries;

namespace Chat.Server.Core;

/// <summary>Checks what a message refers to: other messages, and everyone.</summary>
/// <remarks>That a message was there before, and in which thread, never changes: it can be asked before the message has
/// its place. Who may mention everyone can change, and is asked again by the commit.</remarks>
internal sealed class References(ReferenceStore store, AccessCache access, NewKinds kinds)
{
    /// <summary>A plain message costs no query.</summary>
    public static bool AreIn(in CheckedMessage message) =>
        message.Options is { ReplyTo: not null } or { Thread: not null } or { Mentions.Everyone: true };

    /// <summary>What a message requires of all servers that the main stream hides: one of the version before would not
    /// link what it stores behind it. Null: nothing more than they have.</summary>
    /// <exception cref="ChatException">Such a server runs.</exception>
    public ValueTask<int?> LevelOfAsync(in EntryContent content, CancellationToken ct) =>
        content.IsShown ? default : kinds.DemandAsync(ct);

    /// <returns>The message with the thread that it is put into, and what its sender may do.</returns>
    /// <exception cref="ChatException">It refers to what is not there, or the caller may not mention
    /// everyone.</exception>
    public async Task<(CheckedMessage Message, ConversationAccess Mine)> CheckAsync(
        Caller caller, ConversationId conversation, CheckedMessage message, ConversationAccess mine,
        CancellationToken ct)
    {
        if (message.Options is { ReplyTo: not null } or { Thread: not null })
            message = message with { Options = await FindThreadAsync(conversation, message.Options, ct) };
        if (message.Options.Mentions is { Everyone: true } && !caller.IsApplication)
            mine = await DemandEveryoneAsync(caller, conversation, ct);
        return (message, mine);
    }

    private async Task<SendOptions> FindThreadAsync(
        ConversationId conversation, SendOptions options, CancellationToken ct)
    {
        long[] wanted = [.. new[] { options.ReplyTo, options.Thread }.OfType<long>().Distinct()];
        var found = await store.FindAsync(conversation, wanted, ct);
        ChatException.ThrowIf(ThreadRules.Resolve(options, Find, out var resolved));
        return resolved;

        ThreadPlace? Find(long sequence) =>
            found.TryGetValue(sequence, out var thread) ? new ThreadPlace(sequence, thread) : null;
    }

    /// <summary>Refuses who may not mention everyone, as the database says now.</summary>
    /// <returns>What the caller may do: the commit compares with it.</returns>
    /// <exception cref="ChatException">The caller may not.</exception>
    public async Task<ConversationAccess> DemandEveryoneAsync(
        Caller caller, ConversationId conversation, CancellationToken ct)
    {
        if (await access.ReadAsync(conversation, caller.User, ct) is not { MayWrite: true } mine)
            throw ChatException.Forbidden(); // since the first look
        var isModerator = mine.May(ConversationAct.MentionEveryone) || caller.Roles.HasFlag(CallerRoles.Moderator);
        if (!isModerator && (mine.Role is null
            || await store.HasMoreThanAsync(ChatLimits.Mentions, conversation, ct)))
            throw new ChatException(MentionRules.NotEveryone());
        return mine;
    }
}
