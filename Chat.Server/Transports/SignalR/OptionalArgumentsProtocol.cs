using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The stock JSON protocol, but trailing arguments that have a default may be left out: <c>invoke("Join", id)</c>.</summary>
/// <remarks>SignalR itself wants every argument. Only a call that does not bind is read again, with fewer arguments, so others cost nothing.</remarks>
internal sealed class OptionalArgumentsProtocol(IHubProtocol json) : IHubProtocol
{
    private static readonly Dictionary<string, object?[]> DefaultsByMethod = typeof(IChatHub).GetMethods()
        .ToDictionary(m => m.Name, Defaults, StringComparer.OrdinalIgnoreCase);

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var start = input;
        if (!json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is not InvocationBindingFailureMessage failure || !DefaultsByMethod.TryGetValue(failure.Target, out var defaults)) return true;
        for (var left = 1; left <= defaults.Length; left++)
        {
            var again = start;
            if (!json.TryParseMessage(ref again, new FewerParameters(binder, left), out var shorter) || shorter is not InvocationMessage call) continue;
            var arguments = call.Arguments.Concat(defaults[^left..]).ToArray();
            message = new InvocationMessage(call.InvocationId, call.Target, arguments, call.StreamIds) { Headers = call.Headers };
            return true;
        }
        return true;
    }

    private static object?[] Defaults(MethodInfo method) =>
        [.. method.GetParameters().Where(p => p.HasDefaultValue).Select(p => p.DefaultValue)];

    private sealed class FewerParameters(IInvocationBinder inner, int left) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. inner.GetParameterTypes(methodName).SkipLast(left)];

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);
    }
}
