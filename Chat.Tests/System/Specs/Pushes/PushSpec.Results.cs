using Chat.Server.Connections;
using Chat.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace Chat.Tests.Specs.Pushes;

/// <summary>Clients may be asked for a result.</summary>
public abstract partial class PushSpec
{
    [SpecFact]
    public async Task A_client_answers_its_own_instance()
    {
        await using var ann = await ConnectHereAsync();
        Assert.Equal(7, await AskAsync(ann));
        Assert.Equal("?", await ann.Asked.NextAsync());
    }

    [SpecFact]
    public async Task A_client_answers_the_other_instance()
    {
        await using var bob = await ConnectThereAsync();
        Assert.Equal(7, await AskAsync(bob));
    }

    [SpecFact]
    public async Task An_error_of_the_client_comes_back()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        foreach (var client in new[] { ann, bob })
        {
            client.Answer = () => throw new HubException("not today");
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client));
            Assert.Contains("not today", failure.Message, StringComparison.Ordinal);
        }
    }

    [SpecFact]
    public async Task A_result_of_another_type_is_an_error()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        foreach (var client in new[] { ann, bob })
        {
            client.Answer = () => Task.FromResult<object?>("seven");
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(client));
            Assert.Contains("Error trying to deserialize result to Int32", failure.Message, StringComparison.Ordinal);
        }
    }

    [SpecFact]
    public async Task A_connection_that_does_not_exist_cannot_be_asked()
    {
        var failure = await Assert.ThrowsAsync<IOException>(
            () => Here.InvokeConnectionAsync<int>("nobody", "Ask", ["?"], default).WaitAsync(Bounds.Wait));
        Assert.Equal("Connection 'nobody' does not exist.", failure.Message);
    }

    [SpecFact]
    public async Task The_end_of_the_connection_ends_the_wait_for_its_answer()
    {
        await using var ann = await ConnectHereAsync();
        await using var bob = await ConnectThereAsync();
        foreach (var client in new[] { ann, bob })
        {
            client.Answer = () => new TaskCompletionSource<object?>().Task;
            var asking = AskAsync(client);
            await client.Asked.NextAsync();
            Find(client == ann ? site.Here : site.There, client.Id).Abort();
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => asking);
            Assert.EndsWith("disconnected.", failure.Message, StringComparison.Ordinal);
        }
    }

    [SpecFact]
    public async Task The_asking_side_may_give_up()
    {
        await using var bob = await ConnectThereAsync();
        bob.Answer = () => new TaskCompletionSource<object?>().Task;
        using var giveUp = new CancellationTokenSource();
        var asking = Here.InvokeConnectionAsync<int>(bob.Id, "Ask", ["?"], giveUp.Token).WaitAsync(Bounds.Wait);
        await bob.Asked.NextAsync();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => asking);
    }

    [SpecFact]
    public async Task Questions_of_both_instances_get_their_own_answers()
    {
        await using var bob = await ConnectThereAsync();
        var (first, second) = (new TaskCompletionSource<object?>(), new TaskCompletionSource<object?>());
        bob.Answer = () => first.Task;
        var one = Here.InvokeConnectionAsync<int>(bob.Id, "Ask", ["1"], default).WaitAsync(Bounds.Wait);
        await bob.Asked.NextAsync();
        bob.Answer = () => second.Task;
        var two = There.InvokeConnectionAsync<int>(bob.Id, "Ask", ["2"], default).WaitAsync(Bounds.Wait);
        await bob.Asked.NextAsync();
        second.SetResult(2);
        first.SetResult(1);
        Assert.Equal((1, 2), (await one, await two));
    }

    private Task<int> AskAsync(PushClient client) =>
        Here.InvokeConnectionAsync<int>(client.Id, "Ask", ["?"], default).WaitAsync(Bounds.Wait);

    private static Connection Find(TestServer server, string id) =>
        server.Services.GetRequiredService<ConnectionRegistry>().Find(id)!;
}
