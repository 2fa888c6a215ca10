using Chat.ClientSdk;
using Chat.ClientSdk.Views;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Errors;
using Chat.Contracts.Identifiers;
using Chat.Tests.Fixtures.Messages;
using Chat.Tests.Integration.ClientSdk;

namespace Chat.Tests.Integration.Changes;

/// <summary>The .NET SDK over a network that is cut: it reads, and shows a view.</summary>
internal sealed class SdkChanger : IChanger
{
    private readonly FaultProxy _network;
    private readonly ChatClient _client;
    private readonly ConversationId _conversation;
    private readonly Consumer _reader;

    private SdkChanger(
        FaultProxy network, ChatClient client, string user, ConversationId conversation, ConversationView view)
    {
        (_network, _client, User, _conversation, View) = (network, client, user, conversation, view);
        _reader = new Consumer(client.ReadAsync(conversation, after: 0));
    }

    public string User { get; }

    public ConversationView View { get; }

    public static async Task<SdkChanger> ConnectAsync(TestServer server, string user, ConversationId conversation)
    {
        var network = new FaultProxy(server.Url);
        var client = await Live.ConnectAsync(network.Address, user);
        return new SdkChanger(network, client, user, conversation,
            await client.OpenViewAsync(conversation, new() { MaxMessages = 10_000 }).WaitAsync(Bounds.Wait));
    }

    public async Task<ChangeOutcome> DoAsync(Change change)
    {
        try
        {
            if (change.Kind == ChangeKind.React)
            {
                await _client.SetReactionsAsync(_conversation, change.Target, change.Reactions).WaitAsync(Bounds.Run);
                return new ChangeOutcome(null);
            }
            var receipt = await (change.Kind switch
            {
                ChangeKind.Send => _client.SendAsync(_conversation, change.Body, HubChanges.OptionsOf(change)),
                ChangeKind.Edit => _client.EditMessageAsync(_conversation, change.Target, HubChanges.EditOf(change)),
                ChangeKind.Delete => _client.DeleteMessageAsync(
                    _conversation, change.Target, new DeleteMessage { DedupeKey = change.Key }),
                _ => _client.SetPinnedAsync(_conversation, change.Target, change.Kind == ChangeKind.Pin),
            }).WaitAsync(Bounds.Run);
            return new ChangeOutcome(null, receipt.Sequence, receipt.Id.ToString(), receipt.Duplicate);
        }
        catch (ChatRefusedException e) when (e.Code is ChatErrorCode.Gone or ChatErrorCode.Conflict)
        {
            return new ChangeOutcome(e.Code == ChatErrorCode.Gone ? "gone" : "conflict");
        }
    }

    public Task CutAsync()
    {
        _network.Cut();
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<ConversationEntry>> ShownAsync(long head)
    {
        await _reader.HasAsync((int)head);
        return _reader.Entries;
    }

    /// <summary>Waits until the view shows all that is expected, and nothing else.</summary>
    public Task UntilShowsAsync(IReadOnlyList<FoldedMessage> expected)
    {
        var lines = expected.Select(one => $"{one.Sequence} {one.Version} {one.IsDeleted} {one.Message.Body} "
            + FoldedMessage.TextOf(one.Counts)).ToList();
        return View.UntilAsync(state => state.Pending.Count == 0 && state.Messages.Select(one =>
            $"{one.Sequence} {one.Version} {one.IsDeleted} {one.Body} {FoldedMessage.TextOf(one.Reactions)}")
            .SequenceEqual(lines));
    }

    public async ValueTask DisposeAsync()
    {
        await View.DisposeAsync();
        await _reader.DisposeAsync();
        await _client.DisposeAsync();
        await _network.DisposeAsync();
    }
}
