using Chat.Contracts.Commands;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Connections;
using Chat.Server.Core;
using Chat.Server.Identity;
using Chat.Server.Rights;
using Chat.Server.Transports.Http;

namespace Chat.Server.Transports.Rest;

/// <summary>Participants, their roles, title and settings of a conversation over REST.</summary>
internal sealed class RightsEndpoints(
    IIdentity identity, ConversationRights rights, Answers answers, RequestLimits limits)
{
    public async Task ListAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var query = http.Request.Query;
        ChatException.ThrowIf(RoleRules.Limit.Parse(query["limit"], out var limit));
        string? after = query["after"];
        var wanted = new ParticipantsQuery
        {
            Role = RoleNames.Parse(query["role"]), Limit = (int?)limit,
            After = string.IsNullOrEmpty(after) ? null : UserNames.Parse([after], ChatField.After)[0],
        };
        using var room = await RestAnswer.RoomAsync(http, answers, Answers.Users);
        var page = await rights.Participants.ListAsync(caller, conversation, wanted, http.RequestAborted);
        room.Hold(AnswerWeight.Of(page));
        await RestAnswer.WriteAsync(http, StatusCodes.Status200OK, page, static (writer, s) =>
        {
            ParticipantFields.Write(writer, JsonNames.Snake, s);
            writer.WriteNumber("count"u8, s.Participants.Count);
        });
    }

    public async Task AddAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var command = RestCreate.Parse(await RequestBody.ReadAsync(http));
        var users = UserNames.Parse(command.ParticipantIds, ChatField.ParticipantIds);
        limits.SpendAdds(http, users.Count);
        await rights.Membership.AddAsync(caller, conversation, users, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task RemoveAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var user = RightsFields.UserOf(http.Request.Query["participant_id"]);
        await rights.Membership.RemoveAsync(caller, conversation, user, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task SetRoleAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var command = RestRights.Parse(await RequestBody.ReadAsync(http)).ToRole();
        await rights.Roles.SetAsync(caller, conversation, command, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }

    public async Task ChangeAsync(HttpContext http, string id)
    {
        var (caller, conversation) = (identity.CallerOf(http), ChatEndpoints.ConversationOf(id));
        var command = RestRights.Parse(await RequestBody.ReadAsync(http)).ToChange();
        await rights.Settings.ChangeAsync(caller, conversation, command, http.RequestAborted);
        await RestAnswer.SucceedAsync(http);
    }
}
