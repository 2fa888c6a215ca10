using Chat.ClientSdk.Connection;
using Chat.ClientSdk.Link;

namespace Chat.ClientSdk.Reading;

/// <summary>Is told what happens to a conversation besides its entries. Called on the receiving path: it must not
/// block.</summary>
internal interface IFeedObserver
{
    /// <summary>The conversation is joined in this session; also when the observer comes after that.</summary>
    void OnJoined(LinkSession session);

    /// <summary>Neither an entry nor the end: somebody types, has read on, came or went.</summary>
    void OnPush(Push push);
}
