using Chat.ClientSdk;
using Chat.Contracts.Identifiers;

namespace ConsoleChat;

/// <summary>Tells the others that the user types: now and then while it lasts, and when it is over.</summary>
internal sealed class Typist(ChatClient chat, TimeProvider time)
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    private ConversationId? _told;
    private long _toldAt;

    /// <summary>To be called after every key.</summary>
    public void Saw(ConversationId conversation, string text)
    {
        var types = text.Length > 0 && text[0] != '/';
        if (_told is { } where && (!types || where != conversation)) Tell(where, isTyping: false);
        if (types && (_told is null || time.GetElapsedTime(_toldAt) >= Again)) Tell(conversation, isTyping: true);
    }

    private void Tell(ConversationId conversation, bool isTyping)
    {
        (_told, _toldAt) = (isTyping ? conversation : null, time.GetTimestamp());
        _ = TellAsync(conversation, isTyping);
    }

    private async Task TellAsync(ConversationId conversation, bool isTyping)
    {
        try
        {
            await chat.TypingAsync(conversation, isTyping);
        }
        catch (Exception e) when (e is ChatException or ObjectDisposedException)
        {
            // Nobody misses it.
        }
    }
}
