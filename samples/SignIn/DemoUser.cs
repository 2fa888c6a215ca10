namespace SignIn;

/// <summary>Somebody who can sign in.</summary>
/// <param name="Id">Never changes: the claim <c>sub</c>.</param>
/// <param name="Name">What others are shown: the claim <c>name</c>.</param>
/// <param name="Password">Of a demonstration; a real store keeps a hash.</param>
internal sealed record DemoUser(string Id, string Name, string Password);
