using Chat.Contracts.Entries;

namespace Chat.Contracts.Rules;

/// <summary>Who may do what in a conversation: the one table that the server, the in-memory server and both client
/// libraries go by. <c>docs/rights.md</c> shows it.</summary>
public static class RightsTable
{
    private static readonly ConversationKind[] Everywhere =
        [ConversationKind.Group, ConversationKind.Direct, ConversationKind.Public];

    private static readonly ConversationKind[] Group = [ConversationKind.Group];

    private static readonly ConversationKind[] GroupAndPublic = [ConversationKind.Group, ConversationKind.Public];

    private static readonly ParticipantRole[] Owner = [ParticipantRole.Owner];

    private static readonly ParticipantRole[] Moderators = [ParticipantRole.Owner, ParticipantRole.Moderator];

    private static readonly ParticipantRole[] Writers = [.. Moderators, ParticipantRole.Member];

    private static readonly ParticipantRole[] Readers = [.. Writers, ParticipantRole.Readonly];

    /// <summary>A row for each act, in the order of <see cref="ConversationAct"/>.</summary>
    public static IReadOnlyList<RightsRow> Rows { get; } =
    [
        new(ConversationAct.CreateGroup, Group, [], Others: true, Application: true),
        new(ConversationAct.CreateDirect, [ConversationKind.Direct], [], Others: true, Application: true),
        new(ConversationAct.CreatePublic, [ConversationKind.Public], [], Others: false, Application: false),
        new(ConversationAct.Join, Everywhere, Readers, Others: true, Application: false),
        new(ConversationAct.Read, Everywhere, Readers, Others: true, Application: true),
        new(ConversationAct.MarkRead, Everywhere, Readers, Others: true, Application: false),
        new(ConversationAct.SeePresence, Everywhere, Readers, Others: true, Application: false),
        new(ConversationAct.ListParticipants, Everywhere, Readers, Others: true, Application: true),
        new(ConversationAct.Send, Everywhere, Writers, Others: true, Application: true),
        new(ConversationAct.Type, Everywhere, Writers, Others: true, Application: false),
        new(ConversationAct.SendInSlowMode, Everywhere, Moderators, Others: false, Application: false),
        new(ConversationAct.Leave, Group, Readers, Others: false, Application: false),
        new(ConversationAct.Add, Group, Writers, Others: false, Application: true),
        new(ConversationAct.AddAgain, Group, Moderators, Others: false, Application: true),
        new(ConversationAct.Remove, Group, Moderators, Others: false, Application: true),
        new(ConversationAct.Ban, GroupAndPublic, Moderators, Others: false, Application: true),
        new(ConversationAct.Mute, GroupAndPublic, Moderators, Others: false, Application: true),
        new(ConversationAct.SetRole, Group, Owner, Others: false, Application: true),
        new(ConversationAct.ChangeSettings, GroupAndPublic, Moderators, Others: false, Application: true),
        new(ConversationAct.MentionEveryone, Everywhere, Moderators, Others: false, Application: true),
        new(ConversationAct.Report, Everywhere, Readers, Others: true, Application: false),
        new(ConversationAct.SeeReports, GroupAndPublic, Moderators, Others: false, Application: true),
        new(ConversationAct.EditOwn, Everywhere, Writers, Others: true, Application: false),
        new(ConversationAct.DeleteOwn, Everywhere, Writers, Others: true, Application: false),
        new(ConversationAct.DeleteOthers, Everywhere, Moderators, Others: false, Application: true),
        new(ConversationAct.Pin, Everywhere, Writers, Others: false, Application: true),
        new(ConversationAct.React, Everywhere, Writers, Others: true, Application: false),
    ];

    private const int Kinds = 3, Roles = 5;

    /// <summary>The rows by act, kind and role, because each message asks them.</summary>
    private static readonly bool[,,] Allowed = Spread();

    /// <summary>Whether a user may.</summary>
    /// <param name="act">What.</param>
    /// <param name="kind">In what kind of conversation.</param>
    /// <param name="role">The role that the user has there now; null: the user takes no part.</param>
    public static bool Allow(ConversationAct act, ConversationKind kind, ParticipantRole? role)
    {
        var place = role is { } has ? (int)has + 1 : 0;
        return (uint)kind < Kinds && (uint)place <= Roles && Allowed[(int)act, (int)kind, place];
    }

    /// <summary>Whether the application may, calling for no user.</summary>
    /// <param name="act">What.</param>
    /// <param name="kind">In what kind of conversation.</param>
    public static bool AllowApplication(ConversationAct act, ConversationKind kind) =>
        Rows[(int)act] is { Application: true } row && row.Kinds.Contains(kind);

    /// <summary>Whether one may remove, ban, mute and change the role of another: owners of everybody, moderators of
    /// all but owners and moderators.</summary>
    /// <param name="role">The role of the one.</param>
    /// <param name="other">The role of the other; null: takes no part.</param>
    public static bool IsAbove(ParticipantRole? role, ParticipantRole? other) =>
        role == ParticipantRole.Owner
        || (role == ParticipantRole.Moderator
            && other is not (ParticipantRole.Owner or ParticipantRole.Moderator));

    private static bool[,,] Spread()
    {
        var allowed = new bool[Rows.Count, Kinds, Roles + 1];
        foreach (var row in Rows)
            foreach (var kind in row.Kinds)
            {
                allowed[(int)row.Act, (int)kind, 0] = row.Others
                    && (kind == ConversationKind.Public || row.Act <= ConversationAct.CreatePublic);
                foreach (var role in row.Roles) allowed[(int)row.Act, (int)kind, (int)role + 1] = true;
            }
        return allowed;
    }
}
