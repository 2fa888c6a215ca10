using Microsoft.IdentityModel.Tokens;

namespace Chat.Server.Identity.Tokens;

/// <summary>A token breaks a rule of this server; the message says which, in words that follow "it".</summary>
internal sealed class TokenRuleException(string words) : SecurityTokenValidationException(words);
