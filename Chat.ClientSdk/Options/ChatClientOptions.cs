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

/// <summary>How to reach a Chat server, and as whom. Immutable: change it with <c>with</c>.</summary>
public sealed record ChatClientOptions
{
    /// <summary>The address of the hub, <c>https://chat.example.com/hubs/chat</c> for instance; <c>http</c> or
    /// <c>https</c>. Required.</summary>
    /// <remarks><see cref="ForServer"/> makes it from the server's own address. A query in it is sent with every
    /// request.</remarks>
    public required Uri Url { get; init; }

    /// <summary>Who the client says it is to a server in open mode: sent as the query parameter <c>user_id</c>. Default
    /// null: nobody.</summary>
    /// <remarks>A server that authenticates takes the user from the access token instead.</remarks>
    public UserId? UserId { get; init; }

    /// <summary>Asked for the bearer token once per token: at the start, and when the server does not take the last one
    /// any more. Default null: none is sent.</summary>
    /// <remarks>A null or empty token says that the user is signed out (<see cref="ConnectionState.SignedOut"/>). What
    /// it throws ends the attempt to connect, as the inner exception of <see cref="ChatConnectException"/>, and it is
    /// asked again with the next.</remarks>
    public Func<AccessTokenReason, CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; init; }

    /// <summary>The token of the client that has these options; null: it has none.</summary>
    internal AccessTokens? Tokens { get; init; }

    /// <summary>The same with a token for all the connections that are made with them.</summary>
    internal ChatClientOptions WithTokens() => Tokens is null && AccessTokenProvider is { } provider
        ? this with { Tokens = new AccessTokens(provider) }
        : this;

    /// <summary>The transports that may be used. Default all, in the order in which the server offers them.</summary>
    public ChatTransports Transports { get; init; } = ChatTransports.All;

    /// <summary>Opens the WebSocket at once, one round trip earlier. Needs <see cref="Transports"/> to be exactly
    /// WebSockets. Default false.</summary>
    /// <remarks>Without negotiation there is no fall-back, no redirect, no stateful reconnect, and the client does not
    /// learn its connection id.</remarks>
    public bool SkipNegotiation { get; init; }

    /// <summary>Headers for every request, the opening of a socket included (not in a browser). Default none.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The proxy to go through. Default null: the system's. No effect in a browser, and so with certificates
    /// and cookies.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Certificates to present to the server. Default null: none.</summary>
    public X509CertificateCollection? ClientCertificates { get; init; }

    /// <summary>Decides about the server's certificate. Default null: the system's rules.</summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>Cookies for every request. Default null: a jar of its own for each connection, which is what sticky
    /// load balancers need.</summary>
    public CookieContainer? Cookies { get; init; }

    /// <summary>Receives the prepared handler and returns the one to use, wrapped or another. It is called once a
    /// connection. Default null: as it is.</summary>
    /// <remarks>WebSockets are opened through it too, so it must end in a <see cref="SocketsHttpHandler"/> unless they
    /// are not allowed. Not in a browser: there it is an <see cref="HttpClientHandler"/>, and WebSockets go past
    /// it.</remarks>
    public Func<HttpMessageHandler, HttpMessageHandler>? HttpMessageHandlerFactory { get; init; }

    /// <summary>Sets up each WebSocket before it is opened: compression, buffers, pings. Default null.</summary>
    /// <remarks>Proxy, certificates, cookies and headers belong in these options: set on the socket they fail the
    /// connection.</remarks>
    public Action<ClientWebSocketOptions>? ConfigureWebSocket { get; init; }

    /// <summary>How often the client pings when it has nothing to say. Default 15 seconds; keep it under half of what
    /// the server tolerates.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the server may be silent before the connection counts as lost. Default 30 seconds; at least
    /// twice the server's ping interval.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long opening a TCP connection, and then the hub's handshake, may take each. Default 15
    /// seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long <see cref="ChatClient.ConnectAsync"/> waits for the first connection before it fails with the
    /// reason. Default 15 seconds; <see cref="Timeout.InfiniteTimeSpan"/>: until there is one.</summary>
    /// <remarks>Nothing else has this bound: a client that is started goes on trying, as <see cref="Reconnect"/>
    /// says.</remarks>
    public TimeSpan FirstConnectionTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a closing connection waits for the server's goodbye before it is cut. Default 5
    /// seconds.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Asks for stateful reconnect: a WebSocket that is cut is opened again under the same connection id, and
    /// both sides send again what the other has not acknowledged. Default false. A server that does not offer it is
    /// used without.</summary>
    /// <remarks>It bridges some seconds; after that, or when the server restarted, the connection is lost as usual and
    /// <see cref="Reconnect"/> takes over.</remarks>
    public bool StatefulReconnect { get; init; }

    /// <summary>How long a call may take, the wait for a connection included; then it ends with
    /// <see cref="ChatTimeoutException"/>. Default 30 seconds.</summary>
    /// <remarks>Only for the calls of <see cref="ChatClient"/>; sending has bounds of its own.</remarks>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How a lost connection is opened again. Default: for ever. Null: not at all, the first loss closes the
    /// connection.</summary>
    public ReconnectOptions? Reconnect { get; init; } = new();

    /// <summary>How conversations are read, and how much of them is kept in memory.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>How messages wait, are kept and are sent.</summary>
    public OutboxOptions Outbox { get; init; } = new();

    /// <summary>The clock of all waits and timeouts of the SDK, except those of SignalR itself (keep-alive, server
    /// timeout, handshake). Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log. No message text and no token is ever logged by the SDK. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What the SDK logs to: a logger that fails harms nothing.</summary>
    internal ILoggerFactory Logs => new QuietLoggerFactory(LoggerFactory);

    /// <summary>Makes the meter <see cref="ChatClientTelemetry.MeterName"/>. Default null: one for all clients of the
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
