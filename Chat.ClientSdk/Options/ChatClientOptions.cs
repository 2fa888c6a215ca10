using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Chat.ClientSdk.Sending;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.ClientSdk;

/// <summary>How to reach a Chat server, and as which user. Immutable: change it with <c>with</c>.</summary>
public sealed record ChatClientOptions
{
    /// <summary>The address of the hub, for instance <c>https://chat.example.com/hubs/chat</c>; <c>http</c> or
    /// <c>https</c>. Required.</summary>
    /// <remarks><see cref="ForServer"/> makes it from the server's own address. A query in it is sent with every
    /// request.</remarks>
    public required Uri Url { get; init; }

    /// <summary>The user id for a server in open mode, sent as the query parameter <c>user_id</c>. Default null:
    /// none.</summary>
    /// <remarks>A server that authenticates takes the user from the access token instead. With a token it may be given,
    /// and must be the token's user: then a persistent outbox is there at once, without it from the first connection
    /// on.</remarks>
    public UserId? UserId { get; init; }

    /// <summary>The tenant of <see cref="UserId"/>, where it is not <c>default</c>. Default null.</summary>
    public string? Tenant { get; init; }

    /// <summary>Asked for the bearer token once per token: at the start, before the last one ends, and when the server
    /// does not take it any more. Default null: none is sent.</summary>
    /// <remarks>A <see cref="ChatClient"/> asks for the next one at a random moment, when 70 to 90 % of the time that a
    /// token had left are over; its connection goes on with it. A null or empty token says that the user is signed out
    /// (<see cref="ConnectionState.SignedOut"/>). What it throws ends the attempt to connect, as the inner exception of
    /// <see cref="ChatConnectException"/>, and it is asked again with the next.</remarks>
    public Func<AccessTokenReason, CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; init; }

    /// <summary>The token of the client that has these options; null: it has none.</summary>
    internal AccessTokens? Tokens { get; init; }

    /// <summary>Whose the client is that has these options; null: they are nobody's yet.</summary>
    internal ClientOwner? Owner { get; init; }

    /// <summary>The same for one client: with a token for all the connections that it makes.</summary>
    internal ChatClientOptions ForOneClient()
    {
        if (Owner is not null) return this;
        if (AccessTokenProvider is not null) ClearText.Warn(this);
        return this with
        {
            Owner = new ClientOwner(this),
            Tokens = Tokens ?? (AccessTokenProvider is { } provider ? new AccessTokens(provider, TimeProvider) : null),
        };
    }

    /// <summary>The transports that may be used. Default all, in the order in which the server offers them.</summary>
    public ChatTransports Transports { get; init; } = ChatTransports.All;

    /// <summary>Opens the WebSocket without negotiation, which saves one round trip. Requires <see cref="Transports"/>
    /// to be WebSockets alone. Default false.</summary>
    /// <remarks>Without negotiation there is no fall-back, no redirect, no stateful reconnect, and the client does not
    /// learn its connection id.</remarks>
    public bool SkipNegotiation { get; init; }

    /// <summary>Headers for every request, the opening of a socket included (not in a browser). Default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The proxy. Default null: the system's. Proxy, certificates and cookies have no effect in a
    /// browser.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Certificates to present to the server. Default null: none.</summary>
    public X509CertificateCollection? ClientCertificates { get; init; }

    /// <summary>Validates the server's certificate. Default null: the system's rules.</summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>Cookies for every request. Default null: a separate container per connection, as sticky load balancers
    /// need.</summary>
    public CookieContainer? Cookies { get; init; }

    /// <summary>Receives the prepared handler and returns the one to use, wrapped or another. It is called once per
    /// connection. Default null: the prepared handler.</summary>
    /// <remarks>WebSockets are opened through it too, so it must end in a <see cref="SocketsHttpHandler"/> unless they
    /// are not allowed. In a browser it is an <see cref="HttpClientHandler"/>, and WebSockets do not use it.</remarks>
    public Func<HttpMessageHandler, HttpMessageHandler>? HttpMessageHandlerFactory { get; init; }

    /// <summary>Sets up each WebSocket before it is opened: compression, buffers, pings. Default null.</summary>
    /// <remarks>Proxy, certificates, cookies and headers belong in these options: set on the socket they make the
    /// connection fail.</remarks>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; init; }

    /// <summary>Interval of the client's pings when it sends nothing else. Default 15 seconds; keep it under half of
    /// the server's timeout.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the server may be silent before the connection counts as lost. Default 30 seconds; at least
    /// twice the server's ping interval.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time for opening a TCP connection, and again for the hub's handshake. Default 15
    /// seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long <see cref="ChatClient.ConnectAsync"/> waits for the first connection before it fails with the
    /// reason. Default 15 seconds; <see cref="Timeout.InfiniteTimeSpan"/>: until there is one.</summary>
    /// <remarks>Nothing else has this bound: a started client keeps trying, see <see cref="Reconnect"/>.</remarks>
    public TimeSpan FirstConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a closing connection waits for the server's close message. Default 5 seconds.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests stateful reconnect: a lost WebSocket is opened again with the same connection id, and both
    /// sides repeat what the other has not acknowledged. Default false. Servers that do not offer it are used
    /// without.</summary>
    /// <remarks>It bridges a few seconds; after that, or when the server restarted, the connection is lost as usual and
    /// <see cref="Reconnect"/> applies.</remarks>
    public bool StatefulReconnect { get; init; }

    /// <summary>The longest time of a call, including the wait for a connection; then it ends with
    /// <see cref="ChatTimeoutException"/>. Default 30 seconds.</summary>
    /// <remarks>Only for the calls of <see cref="ChatClient"/>; sending has its own bounds.</remarks>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How a lost connection is restored. Default: without limit. Null: not at all, the first loss closes the
    /// connection.</summary>
    public ReconnectOptions? Reconnect { get; init; } = new();

    /// <summary>How conversations are read, and how much of them is kept in memory.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>How messages are queued, stored and sent.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>The clock of all waits and timeouts of the SDK, except those of SignalR itself (keep-alive, server
    /// timeout, handshake). Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log. No message text and no token is ever logged by the SDK. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The logger that the SDK uses: a logger that fails does no harm.</summary>
    internal ILoggerFactory Logs => new QuietLoggerFactory(LoggerFactory);

    /// <summary>Creates the meter <see cref="ChatClientTelemetry.MeterName"/>. Default null: one for all clients of the
    /// process.</summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Options for the hub of a server, from the server's address (a path in it is kept):
    /// <c>https://chat.example.com</c>.</summary>
    public static ChatClientOptions ForServer(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var url = new UriBuilder(server);
        url.Path = url.Path.TrimEnd('/') + ChatHubRoute.Path;
        return new ChatClientOptions { Url = url.Uri };
    }
}
