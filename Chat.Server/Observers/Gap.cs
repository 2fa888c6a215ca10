using System.Runtime.InteropServices;
using Chat.Server.Observers.Store;

namespace Chat.Server.Observers;

/// <summary>Numbers that were not there when later ones were.</summary>
/// <param name="Range">Which.</param>
/// <param name="Writers">The transactions one of which may still bring them: those that wrote when it was seen.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Gap(IdRange Range, HashSet<string> Writers);
