using Chat.Contracts.Protocol;
using Chat.Server.Audit.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Keys.Store;

internal sealed class KeysConfiguration : IEntityTypeConfiguration<ApiKeyRow>, IEntityTypeConfiguration<UserTokenRow>
{
    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("api_keys");
        builder.HasKey(k => k.Id).HasName("pk_api_keys");
        Common(builder);
        builder.Property(k => k.Name).HasColumnName("name").HasMaxLength(ApiKeyRow.NameLength);
        builder.Property(k => k.Tenant).HasColumnName("tenant");
        builder.Property(k => k.Scopes).HasColumnName("scopes").HasConversion<short>();
        builder.Ignore(k => k.Holder);
    }

    public void Configure(EntityTypeBuilder<UserTokenRow> builder)
    {
        builder.ToTable("user_tokens");
        builder.HasKey(t => t.Id).HasName("pk_user_tokens");
        Common(builder);
        builder.Property(t => t.Tenant).HasColumnName("tenant");
        builder.Property(t => t.UserId).HasColumnName("user_id");
        builder.Property(t => t.Name).HasColumnName("name").HasMaxLength(ChatLimits.UserNameLength);
        builder.Property(t => t.Roles).HasColumnName("roles").HasConversion<short>();
        builder.Property(t => t.Session).HasColumnName("session").HasMaxLength(UserTokenRow.SessionLength);
        builder.Ignore(t => t.Caller);
        builder.HasIndex(t => t.ExpiresAt).HasDatabaseName("ix_user_tokens_expires_at");
    }

    private static void Common<T>(EntityTypeBuilder<T> builder)
        where T : CredentialRow
    {
        builder.Property(c => c.Id).HasColumnName("id").HasMaxLength(Credential.IdLength).ValueGeneratedNever();
        builder.Property(c => c.Digest).HasColumnName("digest");
        builder.Property(c => c.CreatedAt).HasColumnName("created_at");
        builder.Property(c => c.CreatedBy).HasColumnName("created_by").HasMaxLength(AuditRow.ActorLength);
        builder.Property(c => c.ExpiresAt).HasColumnName("expires_at");
        builder.Property(c => c.RevokedAt).HasColumnName("revoked_at");
    }
}
