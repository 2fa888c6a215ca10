namespace Chat.Server.Hosting.Http;

/// <summary>What the web app has to know of this server before it connects.</summary>
/// <param name="Mode"><c>open</c>: callers say who they are. <c>token</c>: they need a token.</param>
internal sealed record WebAppConfig(string Mode);
