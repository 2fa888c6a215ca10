using System.Net;
using System.Net.Http.Headers;

namespace Chat.ClientSdk.Connection;

/// <summary>Handles every request of one connection, including the opening of a WebSocket: adds the headers and a fresh
/// token, and ends the request when the connection is closed.</summary>
internal sealed class ConnectionHttp : DelegatingHandler
{
    private const int MaxNegotiations = 10; // redirects, and a new negotiation for each transport that failed
    private static readonly HttpRequestOptionsKey<bool> IsNegotiation = new("IsNegotiate"); // set by SignalR
    private static readonly ProductInfoHeaderValue Agent =
        new("Chat.ClientSdk", typeof(ConnectionHttp).Assembly.GetName().Version?.ToString(3));

    private readonly ChatClientOptions _options;
    private readonly CancellationTokenSource _cut = new();
    private int _negotiations;
    private bool _encrypted;

    public ConnectionHttp(ChatClientOptions options)
    {
        _options = options;
        var handler = CreateHandler(options);
        InnerHandler = options.HttpMessageHandlerFactory is { } factory
            ? factory(handler) ?? throw new InvalidOperationException("HttpMessageHandlerFactory returned no handler.")
            : handler;
    }

    /// <summary>Ends the pending requests and all further ones.</summary>
    public Task CutAsync() => _cut.CancelAsync();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(request);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cut.Token);
        SetHeaders(request.Headers);
        var token = await AuthorizeAsync(request, either.Token).ConfigureAwait(false);
        var answer = await base.SendAsync(request, either.Token).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && token is not null)
            _options.Tokens?.Drop(AccessTokenReason.Refused, token);
        var refusal = ServerBusy.Of(answer)
            ?? (HttpRequestException?)await ServerRefusal.OfAsync(answer, either.Token).ConfigureAwait(false);
        if (refusal is null) return answer;
        answer.Dispose();
        throw refusal;
    }

    /// <returns>The client's own token, where that is what is sent: a redirect may have brought another.</returns>
    private async Task<string?> AuthorizeAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (_options.Tokens is not { } tokens || request.Headers.Authorization is not null) return null;
        var token = await tokens.GetAsync(ct).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    private void SetHeaders(HttpRequestHeaders headers)
    {
        // Tells the server that sign-in pages and redirects to them cannot be used here.
        headers.Remove("X-Requested-With");
        headers.TryAddWithoutValidation("X-Requested-With", "XMLHttpRequest");
        headers.UserAgent.Clear();
        headers.UserAgent.Add(Agent);
        foreach (var (name, value) in _options.Headers)
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, value);
        }
    }

    // SignalR follows up to a hundred redirects, also from https to http: a token would then be sent in clear text.
    private void Check(HttpRequestMessage request)
    {
        var encrypted = request.RequestUri!.Scheme == Uri.UriSchemeHttps
            || request.RequestUri.Scheme == Uri.UriSchemeWss;
        if (_encrypted && !encrypted)
            throw new InvalidOperationException(
                "The server redirected the negotiation to an address that is not https.");
        _encrypted |= encrypted;
        if (request.Options.TryGetValue(IsNegotiation, out var negotiation) && negotiation
            && ++_negotiations > MaxNegotiations)
            throw new InvalidOperationException(
                $"The server redirected the negotiation more than {MaxNegotiations - 1} times.");
    }

    private static HttpMessageHandler CreateHandler(ChatClientOptions options)
    {
        // In a browser, the browser connects, with its own cookies, proxy and certificates.
        if (OperatingSystem.IsBrowser()) return new HttpClientHandler();
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = options.ConnectTimeout, CookieContainer = options.Cookies ?? new CookieContainer(),
        };
        if (options.Proxy is { } proxy) handler.Proxy = proxy;
        if (options.ClientCertificates is { } certificates) handler.SslOptions.ClientCertificates = certificates;
        if (options.ServerCertificateValidation is { } validation)
            handler.SslOptions.RemoteCertificateValidationCallback = validation;
        return handler;
    }
}
