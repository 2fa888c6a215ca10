using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;

namespace Chat.ClientSdk.Reading;

/// <summary>Observes what happens to a conversation besides its entries. Called on the receiving path: it must not
/// block.</summary>
internal interface IFeedObserver
{
    /// <summary>The conversation is joined in this session; also called when the observer is added later.</summary>
    void OnJoined(LinkSession session);

    /// <summary>Typing, a read position or presence.</summary>
    void OnPush(Push push);
}
