using System.Text.Json;
using Chat.Contracts.Commands;
using Chat.Contracts.Entries;
using Chat.Contracts.Identifiers;
using Chat.Contracts.Rules;
using Chat.Server.Core;

namespace Chat.Server.Transports;

/// <summary>What raw frames and bodies say about roles, title and settings, in either spelling.</summary>
internal struct RightsFields
{
    private static readonly JsonKey ParticipantIdKey = new(ChatField.ParticipantId);
    private static readonly JsonKey RoleKey = new(ChatField.Role);
    private static readonly JsonKey SecondsKey = new(ChatField.Seconds);
    private static readonly JsonKey ReasonKey = new(ChatField.Reason);
    private static readonly JsonKey TitleKey = new(ChatField.Title);
    private static readonly JsonKey TopicKey = new(ChatField.Topic);
    private static readonly JsonKey AvatarUrlKey = new(ChatField.AvatarUrl);
    private static readonly JsonKey IsArchivedKey = new(ChatField.IsArchived);
    private static readonly JsonKey SlowModeKey = new(ChatField.SlowModeSeconds);

    public string? ParticipantId;
    public string? Role;
    public long? Seconds;
    public string? Reason;
    public string? Title;
    public string? Topic;
    public string? AvatarUrl;
    public bool? IsArchived;
    public long? SlowModeSeconds;

    /// <summary>Reads the field the reader stands on; false when it is none of these.</summary>
    public bool TryRead(ref Utf8JsonReader reader)
    {
        if (ParticipantIdKey.Is(reader)) ParticipantId = JsonFields.ReadText(ref reader, ChatField.ParticipantId);
        else if (RoleKey.Is(reader)) Role = JsonFields.ReadText(ref reader, ChatField.Role);
        else if (SecondsKey.Is(reader)) Seconds = JsonFields.ReadNumber(ref reader, RoleRules.Seconds.Violation);
        else if (ReasonKey.Is(reader)) Reason = JsonFields.ReadText(ref reader, ChatField.Reason);
        else if (TitleKey.Is(reader)) Title = JsonFields.ReadText(ref reader, ChatField.Title);
        else if (TopicKey.Is(reader)) Topic = JsonFields.ReadText(ref reader, ChatField.Topic);
        else if (AvatarUrlKey.Is(reader)) AvatarUrl = JsonFields.ReadText(ref reader, ChatField.AvatarUrl);
        else if (IsArchivedKey.Is(reader)) IsArchived = JsonFields.ReadBoolean(ref reader, ChatField.IsArchived);
        else if (SlowModeKey.Is(reader))
            SlowModeSeconds = JsonFields.ReadNumber(ref reader, SettingsRules.SlowMode.Violation);
        else return false;
        return true;
    }

    /// <exception cref="ChatException">A field is missing, or not as allowed.</exception>
    public readonly SetRole ToRole()
    {
        ChatException.ThrowIf(RoleRules.Seconds.Check(Seconds)); // before it is narrowed
        return new SetRole
        {
            UserId = UserOf(ParticipantId), Role = RoleOf(Role), Seconds = (int?)Seconds, Reason = Reason,
        };
    }

    /// <exception cref="ChatException">A field is not as allowed.</exception>
    public readonly ChangeConversation ToChange()
    {
        ChatException.ThrowIf(SettingsRules.SlowMode.Check(SlowModeSeconds)); // before it is narrowed
        return new ChangeConversation
        {
            Title = Title, SlowModeSeconds = (int?)SlowModeSeconds, Topic = Topic, AvatarUrl = AvatarUrl,
            IsArchived = IsArchived,
        };
    }

    /// <exception cref="ChatException">It is no user id.</exception>
    public static UserId UserOf(string? text) => UserNames.Parse([text ?? ""], ChatField.ParticipantId)[0];

    private static ParticipantRole RoleOf(string? text) =>
        RoleNames.Parse(text) ?? throw new ChatException(RoleRules.UnknownRole());
}
