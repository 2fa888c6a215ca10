using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Hosting.WebApp;

/// <summary>Bound to <c>Chat:WebApp</c>: how the web app signs people in, where the server wants tokens.</summary>
internal sealed class WebAppOptions
{
    public const string Section = "Chat:WebApp";

    /// <summary>As what the issuer knows the web app: a public client (no secret) with the code flow. Default none: the
    /// app asks for a token.</summary>
    [StringLength(256)]
    public string ClientId { get; set; } = "";

    /// <summary>What the web app asks the issuer for, separated by spaces. Default
    /// <c>openid profile offline_access</c>; without <c>offline_access</c>, or where the issuer gives no refresh token
    /// all the same, people sign in again when a token has expired.</summary>
    [Required, StringLength(1_024, MinimumLength = 1)]
    public string Scope { get; set; } = "openid profile offline_access";
}

[OptionsValidator]
internal sealed partial class WebAppOptionsValidator : IValidateOptions<WebAppOptions>;
