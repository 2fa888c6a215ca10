using System.Reflection;
using System.Reflection.Emit;

namespace Chat.Tests.Unit.Callers;

/// <summary>Looks for locks in what methods of ours call, by their instructions.</summary>
internal static class LocksIn
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly HashSet<Type> Locks =
        [typeof(Lock), typeof(Monitor), typeof(SemaphoreSlim), typeof(Mutex), typeof(ReaderWriterLockSlim)];

    /// <summary>The calls of locks that can be reached, with the way there. An async method counts with what it
    /// runs.</summary>
    /// <param name="from">Where to begin.</param>
    /// <param name="except">What is not gone into.</param>
    public static List<string> Reachable(IReadOnlyList<MethodBase> from, IReadOnlyList<MethodBase> except)
    {
        var (found, seen) = (new List<string>(), new HashSet<MethodBase>(except));
        var open = new Queue<(MethodBase Method, string Way)>(from.Select(method => (method, method.Name)));
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Method)) continue;
            foreach (var called in CalledBy(next.Method))
            {
                var way = $"{next.Way} > {called.DeclaringType?.Name}.{called.Name}";
                if (called.DeclaringType is { } type && Locks.Contains(type)) found.Add(way);
                else if (IsOurs(called)) open.Enqueue((called, way));
            }
        }
        return found;
    }

    private static bool IsOurs(MethodBase method) =>
        method.DeclaringType?.Assembly.GetName().Name?.StartsWith("Chat.", StringComparison.Ordinal) == true;

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        var machine = method.GetCustomAttribute<System.Runtime.CompilerServices.StateMachineAttribute>();
        if (machine is not null)
            foreach (var called in CalledBy(machine.StateMachineType.GetMethod("MoveNext",
                BindingFlags.Instance | BindingFlags.NonPublic)!)) yield return called;
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var operation = Codes[first == 0xFE ? (short)(0xFE00 | code[at++]) : first];
            if (operation.OperandType == OperandType.InlineMethod)
                yield return method.Module.ResolveMethod(BitConverter.ToInt32(code, at),
                    method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }
}
