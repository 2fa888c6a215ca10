using Chat.Benchmarks.Compare;
using Chat.Benchmarks.Load;
using Chat.Benchmarks.Micro;

const string Help =
    """
    Chat benchmarks. Always with -c Release.

      micro [BenchmarkDotNet arguments]   Parts of the server in this process: append, encode, feed. --list flat names them; --filter '*Feed*' chooses.
      load <scenario> --url http://127.0.0.1:8080 [options]
                                          Real sockets against a running server on this machine. load --help lists scenarios and options.
      table <file.jsonl>                  Medians and ratios of what compare.sh recorded, as a Markdown table.

    Chat.Benchmarks/compare.sh compares with the naive server from outside; compare.sh --help.
    """;

switch (args)
{
    case ["micro", .. var rest]:
        return MicroCommand.Run(rest);
    case ["load", .. var rest]:
        return await LoadCommand.RunAsync(rest);
    case ["table", var file]:
        return ResultTable.Print(file, Console.Out);
    case [] or ["help" or "--help" or "-h"]:
        Console.WriteLine(Help);
        return 0;
    default:
        Console.Error.WriteLine(Help);
        return 2;
}
