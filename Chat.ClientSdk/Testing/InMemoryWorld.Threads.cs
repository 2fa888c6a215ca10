using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Chat.Contracts.Rules;

namespace Chat.ClientSdk.Testing;

/// <summary>What messages refer to.</summary>
internal sealed partial class InMemoryWorld
{
    private CheckedMessage CheckReferences(UserId sender, InMemoryConversation conversation, CheckedMessage message)
    {
        if (message.Options is { ReplyTo: null, Thread: null, Mentions: null or { Everyone: false } }) return message;
        InMemoryRules.ThrowIf(ThreadRules.Resolve(message.Options, Find, out var options));
        var role = conversation.RoleOf(sender, Now);
        if (options.Mentions is { Everyone: true }
            && !RightsTable.Allow(ConversationAct.MentionEveryone, conversation.Kind, role)
            && (role is null || conversation.Members.Count > ChatLimits.Mentions))
            throw new ChatRefusedException(MentionRules.NotEveryone());
        return message with { Options = options };

        ThreadPlace? Find(long sequence) =>
            sequence <= conversation.Head && conversation.Log[(int)sequence - 1] is MessageEntry found
                ? new ThreadPlace(sequence, found.Thread)
                : null;
    }
}
