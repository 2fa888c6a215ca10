using Chat.Contracts.Identifiers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Chat.Server.Persistence.Sqlite;

/// <summary>SQLite has neither UUIDs nor times: 16 bytes in the order of the text form, and microseconds since 1970 in
/// UTC.</summary>
internal sealed class SqliteChatDbContext(DbContextOptions<SqliteChatDbContext> options) : ChatDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<ConversationId>().HaveConversion<ConversationIdColumn>();
        configurationBuilder.Properties<MessageId>().HaveConversion<MessageIdColumn>();
        configurationBuilder.Properties<Guid>().HaveConversion<GuidColumn>();
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<MicrosecondsColumn>();
    }

    private sealed class ConversationIdColumn()
        : ValueConverter<ConversationId, byte[]>(id => id.Value.ToByteArray(true),
            bytes => new ConversationId(new Guid(bytes, true)));

    private sealed class MessageIdColumn()
        : ValueConverter<MessageId, byte[]>(id => id.Value.ToByteArray(true),
            bytes => new MessageId(new Guid(bytes, true)));

    private sealed class GuidColumn()
        : ValueConverter<Guid, byte[]>(id => id.ToByteArray(true), bytes => new Guid(bytes, true));
}
