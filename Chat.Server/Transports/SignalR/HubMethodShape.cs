using System.Reflection;
using System.Text.Json;
using Chat.Contracts.Json;

namespace Chat.Server.Transports.SignalR;

/// <summary>The arguments of a hub method, to fill in defaults and to explain errors.</summary>
internal sealed class HubMethodShape(MethodInfo method)
{
    private readonly string _signature =
        $"{method.Name} takes "
            + $"({string.Join(", ", method.GetParameters().Select(p => p.Name + (p.HasDefaultValue ? "?" : "")))})";

    private readonly Type[][] _types = [.. Enumerable.Range(0, method.GetParameters().Length + 1).Select(missing =>
        method.GetParameters()[..^missing].Select(p => p.ParameterType).ToArray())]; // by how many are missing

    /// <summary>The values of the parameters that may be left out, in order.</summary>
    public object?[] Defaults { get; } = [
        .. method.GetParameters().Where(p => p.HasDefaultValue).Select(p => p.DefaultValue)];

    /// <summary>The types of the arguments when so many were left out.</summary>
    public IReadOnlyList<Type> TypesWithout(int missing) => _types[missing];

    /// <summary>The arguments with the defaults of those that were left out.</summary>
    public object?[] FillIn(object?[] given, int missing) => [.. given, .. Defaults.AsSpan()[^missing..]];

    /// <summary>The text for a call that does not bind: the problem, if known, and what is allowed.</summary>
    public string Explain(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is InvalidValueException) return $"{cause.Message}; {_signature}";
            if (cause is JsonException { Path: { Length: > 2 } path })
                return $"the value of {path[2..]} has the wrong type or is missing; {_signature}";
        }
        return $"an argument has the wrong type, or there are too few or too many; {_signature}";
    }
}
