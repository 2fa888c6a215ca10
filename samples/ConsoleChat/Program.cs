using System.Text;
using ConsoleChat;

Console.OutputEncoding = Encoding.UTF8;
if (args.Contains("--help"))
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}
if (Arguments.Parse(args, out var problem) is not { } arguments)
{
    Console.Error.WriteLine($"{problem}\n{Arguments.Usage}");
    return 2;
}
return ScreenThread.Run(thread => new App(arguments, thread).RunAsync());
