using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Chat.Contracts.Errors;
using Chat.Contracts.Protocol;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Chat.Server.Transports.SignalR;

/// <summary>A stock protocol, but trailing arguments that have a default may be left out: <c>invoke("Join", id)</c>.
/// A call that does not bind even so is refused in our own words.</summary>
/// <remarks>SignalR itself wants every argument. So the arguments of methods that have defaults are counted first, and
/// the missing ones filled in afterwards.</remarks>
/// <param name="name">The protocol's.</param>
/// <param name="make">Makes the protocol itself, when the first connection uses it.</param>
/// <param name="count">How many arguments the first message of the input has; -1 when that cannot be told.</param>
/// <param name="makeSend">The same for what reads the most frequent call; null: it is read as all others.</param>
internal sealed class LenientHubProtocol(
    string name, Func<IHubProtocol> make, Func<ReadOnlySequence<byte>, int> count, Func<JsonSend>? makeSend = null)
    : IHubProtocol
{
    private static readonly Dictionary<string, HubMethodShape> Methods = typeof(IChatHub).GetMethods()
        .ToDictionary(m => m.Name, m => new HubMethodShape(m), StringComparer.OrdinalIgnoreCase);

    private readonly Lazy<IHubProtocol> _stock = new(make);
    private readonly Lazy<JsonSend>? _send = makeSend is null ? null : new(makeSend);

    public string Name => name;

    public int Version => _stock.Value.Version;

    public TransferFormat TransferFormat => _stock.Value.TransferFormat;

    public bool IsVersionSupported(int version) => _stock.Value.IsVersionSupported(version);

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) =>
        _stock.Value.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _stock.Value.GetMessageBytes(message);

    public bool TryParseMessage(
        ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (_send is not null && _send.Value.TryRead(ref input, out message)) return true;
        var lenient = new LenientBinder(binder, input, count);
        if (!_stock.Value.TryParseMessage(ref input, lenient, out message)) return false;
        if (message is InvocationBindingFailureMessage failure) message = Refuse(failure);
        else if (message is InvocationMessage call && lenient.Missing > 0) message = FillIn(call, lenient.Missing);
        return true;
    }

    private static InvocationMessage FillIn(InvocationMessage call, int missing)
    {
        var arguments = Methods[call.Target].FillIn(call.Arguments, missing);
        return new InvocationMessage(call.InvocationId, call.Target, arguments, call.StreamIds)
        {
            Headers = call.Headers
        };
    }

    /// <summary>SignalR shows a client the text of a HubException, and of nothing else.</summary>
    private static InvocationBindingFailureMessage Refuse(InvocationBindingFailureMessage failure)
    {
        var error = Methods.TryGetValue(failure.Target, out var method)
            ? new ChatError(ChatErrorCode.BadRequest, method.Explain(failure.BindingFailure.SourceException))
            : new ChatError(ChatErrorCode.UnsupportedType,
                $"unknown method; the methods are {string.Join(", ", Methods.Keys)}");
        return new InvocationBindingFailureMessage(failure.InvocationId, failure.Target,
            ExceptionDispatchInfo.Capture(new HubException(error.ToHubText())));
    }

    /// <summary>Asks for as many parameters as the call has arguments, where the others have defaults.</summary>
    private sealed class LenientBinder(
        IInvocationBinder inner, ReadOnlySequence<byte> message, Func<ReadOnlySequence<byte>, int> count)
        : IInvocationBinder
    {
        /// <summary>How many arguments were left out.</summary>
        public int Missing { get; private set; }

        public Type GetReturnType(string invocationId) => inner.GetReturnType(invocationId);

        public Type GetStreamItemType(string streamId) => inner.GetStreamItemType(streamId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName)
        {
            var types = inner.GetParameterTypes(methodName);
            if (!Methods.TryGetValue(methodName, out var method) || method.Defaults.Length == 0) return types;
            var missing = types.Count - count(message);
            // as it should be, or wrong: SignalR says which
            if (missing <= 0 || missing > method.Defaults.Length) return types;
            Missing = missing;
            return method.TypesWithout(missing);
        }
    }
}
