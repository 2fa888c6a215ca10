using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence;

internal sealed class UserIdColumn() : ValueConverter<UserId, string>(id => id.Value, text => UserId.Stored(text));
