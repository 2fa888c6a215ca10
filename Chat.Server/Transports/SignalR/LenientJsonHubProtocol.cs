using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>The stock JSON protocol, but trailing arguments that have a default may be left out: <c>invoke("Join", id)</c>. A call that does
/// not bind even so is refused in our own words.</summary>
/// <remarks>SignalR itself wants every argument. Only a call that does not bind is read again, with fewer arguments, so others cost nothing.</remarks>
internal sealed class LenientJsonHubProtocol(IHubProtocol json) : IHubProtocol
{
    private static readonly Dictionary<string, HubMethodShape> Methods = typeof(IChatHub).GetMethods()
        .ToDictionary(m => m.Name, m => new HubMethodShape(m), StringComparer.OrdinalIgnoreCase);

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
        if (message is InvocationBindingFailureMessage failure)
            message = (HubMessage?)TryBindFewer(start, binder, failure) ?? Refuse(failure);
        return true;
    }

    private InvocationMessage? TryBindFewer(ReadOnlySequence<byte> start, IInvocationBinder binder, InvocationBindingFailureMessage failure)
    {
        if (!Methods.TryGetValue(failure.Target, out var method)) return null;
        for (var left = 1; left <= method.Defaults.Count; left++)
        {
            var again = start;
            if (!json.TryParseMessage(ref again, new FewerParameters(binder, left), out var shorter) || shorter is not InvocationMessage call) continue;
            object?[] arguments = [.. call.Arguments, .. method.Defaults.TakeLast(left)];
            return new InvocationMessage(call.InvocationId, call.Target, arguments, call.StreamIds) { Headers = call.Headers };
        }
        return null;
    }

    /// <summary>SignalR shows a client the text of a HubException, and of nothing else.</summary>
    private static InvocationBindingFailureMessage Refuse(InvocationBindingFailureMessage failure)
    {
        var error = Methods.TryGetValue(failure.Target, out var method)
            ? new ChatError(ChatErrorCode.BadRequest, method.Explain(failure.BindingFailure.SourceException))
            : new ChatError(ChatErrorCode.UnsupportedType, $"there is no such method; there are {string.Join(", ", Methods.Keys)}");
        return new InvocationBindingFailureMessage(failure.InvocationId, failure.Target, ExceptionDispatchInfo.Capture(new HubException(error.ToHubText())));
    }

    private sealed class FewerParameters(IInvocationBinder inner, int left) : IInvocationBinder
    {
        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [.. inner.GetParameterTypes(methodName).SkipLast(left)];

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);
    }
}
