namespace Chat.Server.Hosting.WebApp;

/// <summary>An issuer's sign-in, as its discovery document has it (OpenID Connect Discovery 1.0, section 3).</summary>
/// <param name="Issuer">Its name, which it says in its answers.</param>
/// <param name="Metadata">The address of that document.</param>
/// <param name="AuthorizationEndpoint">Where people are sent; null: the document is not to be had now.</param>
/// <param name="TokenEndpoint">Where the app gets tokens; null as well.</param>
/// <param name="EndSessionEndpoint">Where people are sent to sign out; null: there is no such place.</param>
/// <param name="NamesItself">Its answers must name it (RFC 9207).</param>
/// <param name="ClientId">As what the app is known there.</param>
/// <param name="Scope">What the app asks for.</param>
internal sealed record WebAppSignIn(
    string Issuer, string Metadata, string? AuthorizationEndpoint, string? TokenEndpoint, string? EndSessionEndpoint,
    bool NamesItself, string ClientId, string Scope);
