using System.Diagnostics;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Server.Persistence;
using Chat.Tests.Fixtures;

namespace Chat.Tests.Integration.ClientSdk;

/// <summary>An app that is killed, and what it had accepted.</summary>
public sealed class KilledAppTests
{
    private const int Messages = 200;

    [Theory]
    [InlineData(80)] // while it accepts
    [InlineData(Messages)]
    public async Task Messages_accepted_offline_by_a_killed_app_are_sent_once_in_order_when_it_starts_again(
        int killedAfter)
    {
        var folder = Directory.CreateTempSubdirectory("chat-outbox-").FullName;
        try
        {
            await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
            await using var server = await TestServer.StartAsync(database.Settings);
            await using var network = new FaultProxy(server.Url);
            network.Refuse();
            await using var ann = await Live.ConnectAsync(server.Url, "ann");
            var group = await ann.CreateGroupAsync("ben");
            var file = Path.Combine(folder, "ann.outbox");

            var said = new List<string>();
            using (var app = Start(network.Address, group, file, Messages))
            {
                while (await LineAsync(app) is { } line)
                {
                    said.Add(line);
                    if (said.Count == killedAfter) app.Kill(); // SIGKILL; what it said until then still comes
                }
                await app.WaitForExitAsync().WaitAsync(Bounds.Run);
            }
            Assert.Equal(Enumerable.Range(0, said.Count).Select(i => $"accepted {i}"), said);
            Assert.Single(await ann.LogAsync(group));

            network.Accept();
            for (var start = 0; start < 2; start++) // the second time there is nothing left to send
            {
                using var again = Start(network.Address, group, file, 0);
                Assert.Equal("sent", await LineAsync(again));
                await again.WaitForExitAsync().WaitAsync(Bounds.Run);
                Assert.Equal(0, again.ExitCode);
            }

            var sent = (await ann.LogAsync(group)).Bodies("ann").ToList();
            Assert.Equal(Enumerable.Range(0, sent.Count).Select(i => $"m{i}"), sent);
            // one it may not have come to say
            Assert.InRange(sent.Count, said.Count, said.Count + (said.Count < Messages ? 1 : 0));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Edits_of_messages_that_wait_survive_a_killed_app_with_them()
    {
        const int killedAfter = 60;
        var folder = Directory.CreateTempSubdirectory("chat-outbox-").FullName;
        try
        {
            await using var database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
            await using var server = await TestServer.StartAsync(database.Settings);
            await using var network = new FaultProxy(server.Url);
            await using var ann = await Live.ConnectAsync(server.Url, "ann");
            var group = await ann.CreateGroupAsync("ben");
            var file = Path.Combine(folder, "ann.outbox");
            var said = 0;
            using (var app = Start(network.Address, group, file, Messages, "edits")) // sends while it accepts
            {
                while (await LineAsync(app) is { } line && line != "sent")
                    if (++said == killedAfter) app.Kill();
                await app.WaitForExitAsync().WaitAsync(Bounds.Run);
            }
            using (var again = Start(network.Address, group, file, 0))
            {
                Assert.Equal("sent", await LineAsync(again));
                await again.WaitForExitAsync().WaitAsync(Bounds.Run);
            }

            var log = await ann.LogAsync(group);
            var messages = log.OfType<MessageEntry>().ToList();
            var edits = log.OfType<MessageEditedEntry>().ToList();
            Assert.InRange(edits.Count, said, messages.Count);
            Assert.InRange(messages.Count - edits.Count, 0, 1); // killed in between
            Assert.Equal(Enumerable.Range(0, messages.Count).Select(i => $"m{i}"),
                messages.Select(message => message.Body));
            Assert.Equal(messages.Take(edits.Count).Select(message => (message.Sequence, $"{message.Body} edited")),
                edits.Select(edit => (edit.TargetSequence, edit.Body!)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<string?> LineAsync(Process app) => app.StandardOutput.ReadLineAsync().WaitAsync(Bounds.Run);

    private static Process Start(
        Uri server, ConversationId group, string file, int messages, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Repository.Program("Chat.Tests/Apps/OutboxApp"), $"{server}", "ann",
            $"{group}", file, $"{messages}", .. more])
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
    }
}
