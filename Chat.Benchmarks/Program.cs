using Chat.Benchmarks.Chaos;
using Chat.Benchmarks.Compare;
using Chat.Benchmarks.Embed;
using Chat.Benchmarks.Floods;
using Chat.Benchmarks.Growth;
using Chat.Benchmarks.Lists;
using Chat.Benchmarks.Load;
using Chat.Benchmarks.Messages;
using Chat.Benchmarks.Micro;
using Chat.Benchmarks.Observing;
using Chat.Benchmarks.Outboxes;
using Chat.Benchmarks.Policing;
using Chat.Benchmarks.Queue;
using Chat.Benchmarks.Revoking;
using Chat.Benchmarks.SignIns;
using Chat.Benchmarks.Starting;
using Chat.Benchmarks.Upgrade;

const string Help =
    """
    Chat benchmarks. Always with -c Release.

      micro [BenchmarkDotNet arguments]   Parts of the server in this process: append, encode, feed. --list flat names them; --filter '*Feed*' chooses.
      load <scenario> --url http://127.0.0.1:8080 [options]
                                          Real sockets against running servers on this machine. load --help lists scenarios and options.
      chaos --seed N [options]            Several servers, PostgreSQL and Redis of its own, faults of every kind under load, and a proof of what came of it.
                                          chaos --help lists the options.
      revocations [options]               Users of three servers are signed out while they read and write and something fails: nothing
                                          that was stored after the moment that was named may be shown to them or taken from them.
      upgrade --before DIR [options]      A server of the version before and one of this on 10,000,000 messages, while both are sent to.
      beside --before DIR [options]       A server and clients of the version before with a server of this one:
                                          tools/version-before/run.sh builds them and runs it.
      churn [options]                     Connections whose tokens live 30 s and are renewed, for 10 minutes: none may be cut, and nothing
                                          lost or repeated; the server's memory must be flat.
      sign-ins [options]                  What a token costs: memory of an idle connection, and processor of a connect, against open mode
                                          and against the bare check of a signature.
      floods [options]                    A server of its own under what strangers may do, all at once: its memory, and how a bystander is served. floods --help.
      growth [axis ...] [options]         What things cost when there is more of everything: writes docs/growth.md. growth --help.
      tasks --database sqlite|postgres [options]
                                          The background queue in this process: enqueue, complete, pick up, with nothing and with very much waiting. tasks --help.
      tasks-kill [options]                Three servers are killed while messages go through the background queue: none may be lost or repeated. tasks-kill --help.
      tasks-burst [options]               One sender's messages wait in the queue: how fast they are drained, and
                                          how long others' take meanwhile. tasks-burst --help.
      lists [options]                     First pages of long lists of conversations, with what is unread, on a PostgreSQL of its own. lists --help.
      threads [options]                   A thread of 1,000,000 replies: a reply to it, its pages, the stream past it.
      reactions [options]                 100,000 reactions to a message in 10 s, two servers, 1,000 readers.
      notices [options]                   A server posts notices to this program: how many a second. notices --help.
      observers [options]                 Observers: what they cost an append, commit to observer, replay, kills. observers --help.
      outbox [options]                    Messages of the application's own transactions: commit to observer, and what is stored when processes are killed. outbox --help.
      policies [options]                  What a policy costs a send, and whom one that takes its time holds up. policies --help.
      embed [options]                     What a chat from the packed package adds to the start of an application. embed --help.
      start --server DIR [options]        How long a published server takes to its first answer, and to its first message. start --help.
      table <file.jsonl>                  Medians and ratios of what compare.sh recorded, as a Markdown table.

    Chat.Benchmarks/compare.sh compares with the naive server from outside; compare.sh --help.
    """;

switch (args)
{
    case ["micro", .. var rest]:
        return MicroCommand.Run(rest);
    case ["load", .. var rest]:
        return await LoadCommand.RunAsync(rest);
    case ["chaos", .. var rest]:
        return await ChaosCommand.RunAsync(rest);
    case ["revocations", .. var rest]:
        return await RevocationsCommand.RunAsync(rest);
    case ["upgrade", .. var rest]:
        return await UpgradeCommand.RunAsync(rest);
    case ["beside", .. var rest]:
        return await BesideCommand.RunAsync(rest);
    case ["churn", .. var rest]:
        return await ChurnCommand.RunAsync(rest);
    case ["sign-ins", .. var rest]:
        return await SignInsCommand.RunAsync(rest);
    case ["floods", .. var rest]:
        return await FloodsCommand.RunAsync(rest);
    case ["growth", .. var rest]:
        return await GrowthCommand.RunAsync(rest);
    case ["tasks", .. var rest]:
        return await TasksCommand.RunAsync(rest);
    case ["tasks-kill", .. var rest]:
        return await TasksKillCommand.RunAsync(rest);
    case ["tasks-burst", .. var rest]:
        return await BurstCommand.RunAsync(rest);
    case ["lists", .. var rest]:
        return await ListsCommand.RunAsync(rest);
    case ["threads", .. var rest]:
        return await ThreadsCommand.RunAsync(rest);
    case ["reactions", .. var rest]:
        return await ReactionsCommand.RunAsync(rest);
    case ["notices", .. var rest]:
        return await NoticesCommand.RunAsync(rest);
    case ["observers", .. var rest]:
        return await ObserversCommand.RunAsync(rest);
    case [ObserverProcess.ServeName, var database]:
        return await ObserverProcess.ServeAsync(database);
    case ["outbox", .. var rest]:
        return await OutboxCommand.RunAsync(rest);
    case [OutboxProcess.ServeName, .. var rest]:
        return await OutboxProcess.ServeAsync(rest);
    case ["policies", .. var rest]:
        return await PoliciesCommand.RunAsync(rest);
    case ["embed", .. var rest]:
        return await EmbedCommand.RunAsync(rest);
    case ["start", .. var rest]:
        return await StartCommand.RunAsync(rest);
    case ["table", var file]:
        return ResultTable.Print(file, Console.Out);
    case [] or ["help" or "--help" or "-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine(Help);
        return 2;
}
