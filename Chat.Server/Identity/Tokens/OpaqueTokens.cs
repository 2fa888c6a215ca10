using Chat.Server.Keys;
using Chat.Server.Keys.Store;

namespace Chat.Server.Identity.Tokens;

/// <summary>Reads tokens that say nothing by themselves: they were made here, and are looked up.</summary>
internal sealed class OpaqueTokens(Credentials<UserTokenRow> tokens)
{
    public async ValueTask<TokenReading> ReadAsync(string text, CancellationToken ct = default)
    {
        var (state, row) = await tokens.FindAsync(text, ct);
        return state switch
        {
            CredentialState.Good => TokenReading.Of(row!.Caller),
            CredentialState.Expired => TokenReading.Expired("has expired"),
            CredentialState.Revoked => TokenReading.Revoked("was revoked"),
            CredentialState.NotToBeHad => TokenReading.Unavailable("cannot be checked: the database is away"),
            _ => TokenReading.Forged("is none that was made here, or expired long ago"),
        };
    }
}
