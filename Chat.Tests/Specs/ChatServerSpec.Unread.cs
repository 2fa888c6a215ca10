using Chat.ClientSdk;
using Chat.Contracts.Commands;
using Chat.Contracts.Events;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;

namespace Chat.Tests.Specs;

/// <content>The cases that element-hq/element-web#25449 collects and that apply here: what edits, deletions and threads
/// must not do to what is unread.</content>
public abstract partial class ChatServerSpec
{
    /// <summary>What happens, and what is then unread for Ben: in the conversation, and in the thread of message 2,
    /// which he follows.</summary>
    private static readonly (string Case, Func<UnreadScene, Task> Act, int Main, int Thread)[] UnreadCases =
    [
        ("a message is unread", async s => await s.SendAsync(), 1, 0),
        ("the newest one read, nothing is", async s => await s.ReadAsync(await s.SendAsync()), 0, 0),
        ("an older one read, the newer stays", async s =>
        {
            var older = await s.SendAsync();
            await s.SendAsync();
            await s.ReadAsync(older);
        }, 1, 0),
        ("a message after the mark is unread", async s =>
        {
            await s.ReadAsync(await s.SendAsync());
            await s.SendAsync();
        }, 1, 0),
        ("the edit of a message that was read is not unread", async s =>
        {
            var message = await s.SendAsync();
            await s.ReadAsync(message);
            await s.EditAsync(message);
        }, 0, 0),
        ("the edit of an unread message does not count twice", async s => await s.EditAsync(await s.SendAsync()), 1, 0),
        ("reading up to an edit reads the message", async s => await s.ReadAsync(
            await s.EditAsync(await s.SendAsync())), 0, 0),
        ("the message that the position names is deleted", async s =>
        {
            var message = await s.SendAsync();
            await s.ReadAsync(message);
            await s.DeleteAsync(message);
        }, 0, 0),
        ("the only unread message is deleted", async s => await s.DeleteAsync(await s.SendAsync()), 0, 0),
        ("an older unread one is deleted, the newer stays", async s =>
        {
            var older = await s.SendAsync();
            await s.SendAsync();
            await s.DeleteAsync(older);
        }, 1, 0),
        ("the newest is deleted, the older stays", async s =>
        {
            await s.SendAsync();
            await s.DeleteAsync(await s.SendAsync());
        }, 1, 0),
        ("read after the deletion of the newest", async s =>
        {
            await s.SendAsync();
            await s.ReadAsync(await s.DeleteAsync(await s.SendAsync()));
        }, 0, 0),
        ("sent and deleted behind the mark", async s =>
        {
            await s.ReadAsync(await s.SendAsync());
            await s.DeleteAsync(await s.SendAsync());
        }, 0, 0),
        ("an edit of a deleted message changes nothing", async s =>
        {
            var message = await s.SendAsync();
            await s.DeleteAsync(message);
            await s.EditAsync(message);
        }, 0, 0),
        ("an answer to a deleted message is unread", async s =>
        {
            var message = await s.SendAsync();
            await s.DeleteAsync(message);
            await s.SendAsync(new() { ReplyTo = message });
        }, 1, 0),
        ("own messages are not unread", async s => await s.SendOwnAsync(), 0, 0),
        ("pins are not unread", async s =>
        {
            var message = await s.SendAsync();
            await s.ReadAsync(message);
            await s.PinAsync(message);
        }, 0, 0),
        ("a reply is unread in its thread alone", async s => await s.ReplyAsync(), 0, 1),
        ("a reply that is shown in both counts in the conversation alone", async s =>
            await s.ReplyAsync(isShown: true), 1, 0),
        ("reading the conversation leaves the thread", async s => await s.ReadAsync(await s.ReplyAsync()), 0, 1),
        ("reading the thread leaves the conversation", async s =>
        {
            await s.SendAsync();
            await s.ReadThreadAsync(await s.ReplyAsync());
        }, 1, 0),
        ("a reply after the mark in the thread is unread", async s =>
        {
            await s.ReadThreadAsync(await s.ReplyAsync());
            await s.ReplyAsync();
        }, 0, 1),
        ("the edit of a reply that was read", async s =>
        {
            var reply = await s.ReplyAsync();
            await s.ReadThreadAsync(reply);
            await s.EditAsync(reply);
        }, 0, 0),
        ("the reply that the position names is deleted", async s =>
        {
            var reply = await s.ReplyAsync();
            await s.ReadThreadAsync(reply);
            await s.DeleteAsync(reply);
        }, 0, 0),
        ("the only unread reply is deleted", async s => await s.DeleteAsync(await s.ReplyAsync()), 0, 0),
        ("the newest reply is deleted, the older stays", async s =>
        {
            await s.ReplyAsync();
            await s.DeleteAsync(await s.ReplyAsync());
        }, 0, 1),
        ("the first message of the thread is deleted, its replies stay", async s =>
        {
            await s.ReplyAsync();
            await s.DeleteAsync(UnreadScene.First);
        }, 0, 1),
        ("a reply to a deleted first message is unread", async s =>
        {
            await s.DeleteAsync(UnreadScene.First);
            await s.ReplyAsync();
        }, 0, 1),
        ("the first message is edited", async s => await s.EditAsync(UnreadScene.First), 0, 0),
        ("marked as unread, and read", async s =>
        {
            var message = await s.SendAsync();
            await s.ReadAsync(message);
            await s.Ben.MarkUnread(s.Id, message);
            await s.ReadAsync(message);
        }, 0, 0),
        ("marked as unread, and the message deleted", async s =>
        {
            var message = await s.SendAsync();
            await s.ReadAsync(message);
            await s.Ben.MarkUnread(s.Id, message);
            await s.DeleteAsync(message);
        }, 0, 0),
    ];

    // CH-232, CH-234, CH-237, CH-246
    [Fact]
    public async Task Nothing_stays_unread_that_is_read_or_gone_and_nothing_that_is_read_comes_back()
    {
        var (ann, ben) = (await ConnectAsync(Ann), await ConnectAsync(Ben));
        foreach (var (name, act, main, thread) in UnreadCases)
        {
            var id = (await ann.Hub.CreateConversation(new CreateConversation { ParticipantIds = [Ben] })).Id;
            var scene = new UnreadScene(ann.Hub, ben.Hub, id);
            await scene.PrepareAsync();
            await act(scene);

            var listed = Assert.Single(await ben.Hub.Conversations(new() { Limit = 100 }), one => one.Id == id);
            var followed = Assert.Single(await ben.Hub.Threads(id));
            Assert.Equal((name, new Unread(main, false), new Unread(thread, false)),
                (name, listed.Unread, followed.Unread));
        }
    }

    /// <summary>A conversation with a thread of Ben's own message.</summary>
    private sealed record UnreadScene(IChatHub Ann, IChatHub Ben, ConversationId Id)
    {
        public const long First = 2;

        /// <summary>Read to the end, with a reply that stays.</summary>
        public async Task PrepareAsync()
        {
            await Ann.Send(Id, "first");
            await Ben.Send(Id, "his reply", new() { Thread = First });
            await ReadAsync(3);
        }

        public async Task<long> SendAsync(SendOptions? options = null) =>
            (await Ann.Send(Id, "hello", options)).Sequence;

        public Task SendOwnAsync() => Ben.Send(Id, "mine");

        public Task<long> ReplyAsync(bool isShown = false) =>
            SendAsync(new() { Thread = First, AlsoInConversation = isShown });

        public async Task<long> EditAsync(long message)
        {
            try
            {
                return (await Ann.EditMessage(Id, message, new() { Body = $"edited {message}" })).Sequence;
            }
            catch (ChatRefusedException)
            {
                return message; // it is deleted
            }
        }

        public async Task<long> DeleteAsync(long message) => (await Ann.DeleteMessage(Id, message)).Sequence;

        public Task PinAsync(long message) => Ann.SetPinned(Id, message);

        public Task ReadAsync(long sequence) => Ben.MarkRead(Id, sequence);

        public Task ReadThreadAsync(long sequence) => Ben.MarkRead(Id, sequence, First);
    }
}
