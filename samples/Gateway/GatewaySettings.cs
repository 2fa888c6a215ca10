using System.Security.Cryptography;

namespace Gateway;

/// <summary>What the gateway has to know.</summary>
/// <param name="Chat">Where the chat server is.</param>
/// <param name="Key">The secret that both know: 32 bytes.</param>
/// <param name="IsNew">It was made just now, because none was given.</param>
/// <param name="TokenLife">How long a token lasts.</param>
internal sealed record GatewaySettings(Uri Chat, byte[] Key, bool IsNew, TimeSpan TokenLife)
{
    public const string Issuer = "gateway", Audience = "chat";

    public static GatewaySettings Read(IConfiguration settings)
    {
        var key = settings["Key"];
        return new GatewaySettings(new Uri(settings["Chat"] ?? "http://localhost:8080/"),
            key is null ? RandomNumberGenerator.GetBytes(32) : Convert.FromBase64String(key), key is null,
            TimeSpan.FromSeconds(settings.GetValue("TokenSeconds", 60)));
    }

    /// <summary>How the chat server has to be started, so that it takes the tokens of this gateway.</summary>
    public string ForTheServer() =>
        $"""
        Give the gateway this as --Key next time, and start the chat server with it:
        dotnet run --project Chat.Server -- --Authentication:Schemes:Gateway:ValidIssuer={Issuer} \
          --Authentication:Schemes:Gateway:ValidAudience={Audience} \
          --Authentication:Schemes:Gateway:SigningKeys:0:Issuer={Issuer} \
          --Authentication:Schemes:Gateway:SigningKeys:0:Value={Convert.ToBase64String(Key)}
        """;
}
