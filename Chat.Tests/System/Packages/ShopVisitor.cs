using System.Net;
using System.Text.RegularExpressions;
using Chat.ClientSdk;

namespace Chat.Tests.Packages;

/// <summary>A browser of the shop's, as far as its pages and forms go.</summary>
internal sealed partial class ShopVisitor(Uri url) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;
    private string _guard = "";

    private HttpClient Http =>
        _http ??= new(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = url };

    public static async Task<ShopVisitor> SignInAsync(Uri url, string user, string password)
    {
        var visitor = new ShopVisitor(url);
        await visitor.GetAsync("sign-in");
        await visitor.PostAsync("sign-in", ("user", user), ("password", password));
        return visitor;
    }

    /// <summary>A page, behind what it redirects to.</summary>
    public async Task<string> GetAsync(string path)
    {
        var page = await Http.GetStringAsync(path);
        if (Guard().Match(page) is { Success: true } found) _guard = found.Groups[1].Value;
        return page;
    }

    /// <summary>Sends a form of the page that was read last.</summary>
    public async Task<string> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var answer = await Http.PostAsync(path, Form(fields));
        answer.EnsureSuccessStatusCode();
        await GetAsync(""); // another user's forms have another guard
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>What a form is answered, before any redirect.</summary>
    public async Task<HttpStatusCode> PostStatusAsync(string path)
    {
        using var handler = new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = url };
        using var answer = await http.PostAsync(path, Form());
        return answer.StatusCode;
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return answer.StatusCode;
    }

    public Task UntilPageAsync(string part) => Eventually.HoldsAsync(
        async () => (await GetAsync("")).Contains(part, StringComparison.Ordinal));

    public async Task<ChatHubConnection> ConnectAsync()
    {
        var hub = new ChatHubConnection(ChatClientOptions.ForServer(new Uri(url, "chat/")) with
        {
            Headers = new Dictionary<string, string> { ["Cookie"] = _cookies.GetCookieHeader(url) }, Reconnect = null,
        });
        await hub.StartAsync();
        return hub;
    }

    public void Dispose() => _http?.Dispose();

    private FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(
        fields.Append((Name: "__RequestVerificationToken", Value: _guard))
            .Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Guard();
}
