using Chat.Contracts.Commands;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;

namespace Chat.Server.Transports.WebSockets;

internal sealed partial class RawSocketConnection
{
    private async ValueTask HandleRightsAsync(RawCommand command, CancellationToken ct)
    {
        var (where, said) = (command.RequiredConversation, command.Rights ?? RawRights.None);
        switch (command.Type)
        {
            case RawCommandType.Participants:
                await AnswerParticipantsAsync(command, ct);
                return;
            case RawCommandType.Add:
                var users = UserNames.Parse(said.ParticipantIds, ChatField.ParticipantIds);
                if (SpendAdds(users.Count) is { } tooMany) throw new ChatException(tooMany);
                await context.Rights.Membership.AddAsync(Caller, where, users, ct);
                break;
            case RawCommandType.Remove:
                await context.Rights.Membership.RemoveAsync(
                    Caller, where, RightsFields.UserOf(said.Fields.ParticipantId), ct);
                break;
            case RawCommandType.SetRole:
                await context.Rights.Roles.SetAsync(Caller, where, said.Fields.ToRole(), ct);
                break;
            case RawCommandType.ChangeConversation:
                await context.Rights.Settings.ChangeAsync(Caller, where, said.Fields.ToChange(), ct);
                break;
        }
        await writer.ReplyAsync(RawReplies.Done(dialect, command.Type, where));
    }

    private async ValueTask AnswerParticipantsAsync(RawCommand command, CancellationToken ct)
    {
        ChatException.ThrowIf(RoleRules.Limit.Check(command.Limit)); // before it is narrowed
        var said = command.Rights ?? RawRights.None;
        var query = new ParticipantsQuery
        {
            Role = RoleNames.Parse(said.Fields.Role), Limit = (int?)command.Limit,
            After = string.IsNullOrEmpty(said.After) ? null : UserNames.ParseOne(said.After, ChatField.After),
        };
        using var room = await RoomForAsync(Connections.Answers.Users, ct);
        var page = await context.Rights.Participants.ListAsync(Caller, command.RequiredConversation, query, ct);
        room.Hold(AnswerWeight.Of(page));
        await ShowAsync(RawReplies.Participants(dialect, page), ct);
    }
}
