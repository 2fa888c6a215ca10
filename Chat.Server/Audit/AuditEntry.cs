using Chat.Server.Callers;

namespace Chat.Server.Audit;

/// <summary>Who did what to whom, and what came of it. Nothing of tokens, keys and texts.</summary>
/// <param name="Tenant">Whose; null: the deployment's.</param>
/// <param name="Actor"><c>user:ann</c>, <c>key:</c> and its id, <c>operator:</c> and a name.</param>
/// <param name="Act">A word or two: <c>key.create</c>, <c>sign_in</c>.</param>
/// <param name="Target">What it was done to; empty: nothing in particular.</param>
/// <param name="Outcome"><c>ok</c>, or the code of the refusal.</param>
internal sealed record AuditEntry(Tenant? Tenant, string Actor, string Act, string Target, string Outcome = "ok")
{
    /// <summary>Of what a caller has done.</summary>
    public static AuditEntry Of(Caller caller, string act, string target) =>
        new(caller.Tenant, caller.Actor, act, target) { Address = caller.Address?.ToString() };

    /// <summary>The server's name for the request; null: there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where it came from; null: from this machine's command line, or nobody knows.</summary>
    public string? Address { get; init; }
}
