using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

/// <summary>Runs in a server process before its program (<c>DOTNET_STARTUP_HOOKS</c>): at SIGUSR1 it collects, and says
/// what lives and what was ever allocated.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "the runtime looks for this name")]
internal static class StartupHook
{
    public const string Mark = "heap:";

    private const PosixSignal Usr1 = (PosixSignal)10;

    private static PosixSignalRegistration? s_registration;

    public static void Initialize() => s_registration ??= PosixSignalRegistration.Create(Usr1, context =>
    {
        context.Cancel = true;
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        Console.WriteLine($"{Mark} {GC.GetTotalMemory(forceFullCollection: false)} {allocated}");
    });
}
