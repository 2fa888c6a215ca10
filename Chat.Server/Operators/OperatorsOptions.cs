using System.ComponentModel.DataAnnotations;
using Chat.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Chat.Server.Operators;

/// <summary>Settings <c>Chat:Operators</c>: the operators' address and key.</summary>
internal sealed class OperatorsOptions : IValidatableObject
{
    public const string Section = "Chat:Operators";
    public const string KeyPattern = "[!-~]{16,512}";

    /// <summary>Where <c>/tasks</c>, <c>/metrics</c>, <c>/docs</c> and <c>/openapi</c> are served:
    /// <c>http://*:9080</c> for every address, port 0 for any that is free. Default: this machine only, on the server's
    /// own port and 1,000, or a free one where that is taken.</summary>
    public string Url { get; set; } = "";

    /// <summary>The key: 16 to 512 characters of ASCII, without spaces. Default: one that is made at the first start
    /// and kept in <see cref="KeyFile"/>.</summary>
    [TextForm(KeyPattern,
        ErrorMessage = "Key must have 16 to 512 characters, of ASCII and without spaces, or be left out")]
    public string Key { get; set; } = "";

    /// <summary>Where the key is kept that was made. Default: <c>operators.key</c> beside the SQLite file, else in the
    /// working directory.</summary>
    public string KeyFile { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url.Length > 0 && !OperatorsUrl.IsValid(Url))
            yield return new ValidationResult("Url must be a URL such as http://127.0.0.1:9080 or http://*:9080");
    }
}

[OptionsValidator]
internal sealed partial class OperatorsOptionsValidator : IValidateOptions<OperatorsOptions>;
