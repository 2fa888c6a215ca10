using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Rights;

/// <summary>Settings <c>Chat:Conversations</c>: who brings users together.</summary>
internal sealed class ConversationsOptions
{
    /// <summary>Who creates conversations and adds participants. Default <see cref="Rights.AddPolicy.Anyone"/>:
    /// users.</summary>
    [EnumDataType(typeof(AddPolicy))]
    public AddPolicy AddPolicy { get; set; } = AddPolicy.Anyone;
}

[OptionsValidator]
internal sealed partial class ConversationsOptionsValidator : IValidateOptions<ConversationsOptions>;
