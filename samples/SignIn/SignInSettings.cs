namespace SignIn;

/// <summary>What the provider has to know.</summary>
/// <param name="Chat">The address of the web app, below which people come back.</param>
/// <param name="ClientId">As what the web app is known here: the server's <c>Chat:WebApp:ClientId</c>.</param>
/// <param name="TokenLife">How long an access token lasts.</param>
internal sealed record SignInSettings(Uri Chat, string ClientId, TimeSpan TokenLife)
{
    public static SignInSettings Read(IConfiguration settings) => new(
        new Uri(settings["Chat"] ?? "http://localhost:8080/"), settings["ClientId"] ?? "chat-web",
        TimeSpan.FromSeconds(settings.GetValue("TokenSeconds", 300)));
}
