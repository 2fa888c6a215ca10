using System.Net;
using System.Net.Http.Headers;

namespace Chat.ClientSdk.Connection;

/// <summary>Gives every request of a connection, the opening of a WebSocket included, its headers and a fresh token.</summary>
internal sealed class ConnectionHttp : DelegatingHandler
{
    // Longer than the 90 seconds for which a server holds a poll.
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(120);
    private static readonly ProductInfoHeaderValue Agent = new("Chat.ClientSdk", typeof(ConnectionHttp).Assembly.GetName().Version?.ToString(3));

    private readonly ChatClientOptions _options;
    private readonly AccessToken _token;

    private ConnectionHttp(ChatClientOptions options, AccessToken token, HttpMessageHandler inner) : base(inner)
    {
        _options = options;
        _token = token;
    }

    public static HttpClient Create(ChatClientOptions options, AccessToken token)
    {
        HttpMessageHandler handler = CreateHandler(options);
        if (options.HttpMessageHandlerFactory is { } factory)
            handler = factory(handler) ?? throw new InvalidOperationException("HttpMessageHandlerFactory returned no handler.");
        return new HttpClient(new ConnectionHttp(options, token, handler)) { Timeout = RequestTimeout };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Tells a server that sign-in pages and redirects to them are of no use here.
        request.Headers.TryAddWithoutValidation("X-Requested-With", "XMLHttpRequest");
        request.Headers.UserAgent.Add(Agent);
        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var token = await _token.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!string.IsNullOrEmpty(token)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static SocketsHttpHandler CreateHandler(ChatClientOptions options)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = options.ConnectTimeout, CookieContainer = options.Cookies ?? new CookieContainer() };
        if (options.Proxy is { } proxy) handler.Proxy = proxy;
        if (options.ClientCertificates is { } certificates) handler.SslOptions.ClientCertificates = certificates;
        if (options.ServerCertificateValidation is { } validation) handler.SslOptions.RemoteCertificateValidationCallback = validation;
        return handler;
    }
}
