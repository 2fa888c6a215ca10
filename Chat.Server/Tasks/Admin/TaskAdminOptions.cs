using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Tasks.Admin;

/// <summary>Settings <c>Chat:TaskAdmin</c>: who may see and operate the background queue.</summary>
public sealed class TaskAdminOptions
{
    /// <summary>The key that operators give as password or as bearer token, 16 to 512 characters. Default empty: only
    /// this machine is let in.</summary>
    [RegularExpression("[!-~]{16,512}",
        ErrorMessage = "Chat:TaskAdmin:Key must have 16 to 512 characters, of ASCII and without spaces, or "
            + "be left out")]
    public string Key { get; set; } = "";
}

[OptionsValidator]
internal sealed partial class TaskAdminOptionsValidator : IValidateOptions<TaskAdminOptions>;
