using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence;

/// <summary>An empty text is no user: everybody of the tenant.</summary>
internal sealed class UserIdColumn()
    : ValueConverter<UserId, string>(id => id.Value, text => text == "" ? default : UserId.Stored(text));
