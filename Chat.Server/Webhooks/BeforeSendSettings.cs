using Chat.Server.Policies;

namespace Chat.Server.Webhooks;

/// <summary>Settings <c>Chat:Webhooks:BeforeSend</c>: an endpoint that is asked before a message is stored.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Keys">Each signs.</param>
/// <param name="Budget">What an answer may take.</param>
/// <param name="OnFailure">What follows where there is none.</param>
internal sealed record BeforeSendSettings(
    Uri Url, IReadOnlyList<byte[]> Keys, TimeSpan Budget, PolicyFailure OnFailure)
{
    /// <summary>Names it among the webhooks: no other may have it.</summary>
    public const string Name = "BeforeSend";
}
