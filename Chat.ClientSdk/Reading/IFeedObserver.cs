using Chat.ClientSdk.Link;
using Chat.Contracts.Events;

namespace Chat.ClientSdk.Reading;

/// <summary>Is told what happens to a conversation besides its entries. Called on the receiving path: it must not
/// block.</summary>
internal interface IFeedObserver
{
    /// <summary>The conversation is joined in this session; also when the observer comes after that.</summary>
    void OnJoined(LinkSession session);

    void OnTyping(TypingChange change);

    void OnReadPosition(ReadPosition position);

    void OnPresence(PresenceChange change);
}
