using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Audit;

/// <summary>Settings <c>Chat:Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Chat:Audit";

    /// <summary>Days after which entries are deleted, 1 to 36,500. Default 365.</summary>
    [Range(1, 36_500)]
    public int RetentionDays { get; set; } = 365;
}

[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
