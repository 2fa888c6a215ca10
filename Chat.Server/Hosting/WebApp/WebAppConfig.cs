namespace Chat.Server.Hosting.WebApp;

/// <summary>What the web app has to know of this server before it connects.</summary>
/// <param name="Mode"><c>open</c>: callers say who they are. <c>token</c>: they need a token.
/// <c>host</c>: the application around the chat has signed them in.</param>
/// <param name="Named">Somebody has chosen open mode, so others may reach the server: the app warns of it.</param>
/// <param name="SignIn">Where people sign in; null: the app has no sign-in of its own.</param>
internal sealed record WebAppConfig(string Mode, bool? Named, WebAppSignIn? SignIn);
