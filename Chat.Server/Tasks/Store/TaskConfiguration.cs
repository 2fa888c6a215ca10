using Chat.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Chat.Server.Tasks.Store;

internal sealed class TaskConfiguration
    : IEntityTypeConfiguration<TaskRow>, IEntityTypeConfiguration<TaskQueueRow>, IEntityTypeConfiguration<TaskStatRow>
{
    private static readonly MicrosecondsColumn Time = new();

    public void Configure(EntityTypeBuilder<TaskRow> builder)
    {
        builder.ToTable("tasks");
        builder.HasKey(t => t.Number).HasName("pk_tasks");
        builder.Property(t => t.Number).HasColumnName("number").ValueGeneratedOnAdd();
        builder.Property(t => t.Id).HasColumnName("id");
        builder.Property(t => t.Queue).HasColumnName("queue").HasMaxLength(64);
        builder.Property(t => t.State).HasColumnName("state").HasConversion<short>();
        builder.Property(t => t.Type).HasColumnName("type").HasMaxLength(200);
        builder.Property(t => t.Payload).HasColumnName("payload");
        builder.Property(t => t.RunAt).HasColumnName("run_at").HasConversion(Time);
        builder.Property(t => t.EnqueuedAt).HasColumnName("enqueued_at").HasConversion(Time);
        builder.Property(t => t.Attempts).HasColumnName("attempts");
        builder.Property(t => t.MaxRetry).HasColumnName("max_retry");
        builder.Property(t => t.Worker).HasColumnName("worker").HasMaxLength(64);
        builder.Property(t => t.LeasedUntil).HasColumnName("leased_until").HasConversion(Time);
        builder.Property(t => t.UniqueKey).HasColumnName("unique_key").HasMaxLength(300);
        builder.Property(t => t.UniqueUntil).HasColumnName("unique_until").HasConversion(Time);
        builder.Property(t => t.GroupKey).HasColumnName("group_key").HasMaxLength(300);
        builder.Property(t => t.IsBehind).HasColumnName("is_behind").HasDefaultValue(false);
        builder.Property(t => t.Losses).HasColumnName("losses").HasDefaultValue(0);
        builder.Property(t => t.Deadline).HasColumnName("deadline").HasConversion(Time);
        builder.Property(t => t.RetentionSeconds).HasColumnName("retention_seconds");
        builder.Property(t => t.StartedAt).HasColumnName("started_at").HasConversion(Time);
        builder.Property(t => t.FinishedAt).HasColumnName("finished_at").HasConversion(Time);
        builder.Property(t => t.KeptUntil).HasColumnName("kept_until").HasConversion(Time);
        builder.Property(t => t.LastError).HasColumnName("last_error");
        builder.Property(t => t.Errors).HasColumnName("errors");
        builder.HasIndex(t => t.Id).IsUnique().HasDatabaseName("ux_tasks_id");
        // The waiting, in the order in which they are taken; apart from them those that wait behind others of their
        // group, so that taking the next costs the same however many these are.
        builder.HasIndex(t => new { t.Queue, t.IsBehind, t.RunAt, t.Number }).HasFilter("state <= 2")
            .HasDatabaseName("ix_tasks_waiting");
        builder.HasIndex(t => t.LeasedUntil).HasFilter("state = 3").HasDatabaseName("ix_tasks_leased");
        builder.HasIndex(t => new { t.Queue, t.State, t.FinishedAt }).HasFilter("state >= 4")
            .HasDatabaseName("ix_tasks_finished");
        builder.HasIndex(t => t.KeptUntil).HasFilter("kept_until is not null").HasDatabaseName("ix_tasks_kept");
        builder.HasIndex(t => new { t.GroupKey, t.IsBehind, t.Number })
            .HasFilter("group_key is not null and state <= 3").HasDatabaseName("ix_tasks_group");
        builder.HasIndex(t => t.UniqueKey).IsUnique().HasFilter("unique_key is not null")
            .HasDatabaseName("ux_tasks_unique_key");
    }

    public void Configure(EntityTypeBuilder<TaskQueueRow> builder)
    {
        builder.ToTable("task_queues");
        builder.HasKey(q => q.Name).HasName("pk_task_queues");
        builder.Property(q => q.Name).HasColumnName("name").HasMaxLength(64);
        builder.Property(q => q.IsPaused).HasColumnName("is_paused").HasDefaultValue(false);
    }

    public void Configure(EntityTypeBuilder<TaskStatRow> builder)
    {
        builder.ToTable("task_stats");
        builder.HasKey(s => new { s.Queue, s.Minute }).HasName("pk_task_stats");
        builder.Property(s => s.Queue).HasColumnName("queue").HasMaxLength(64);
        builder.Property(s => s.Minute).HasColumnName("minute");
        builder.Property(s => s.Processed).HasColumnName("processed");
        builder.Property(s => s.Failed).HasColumnName("failed");
    }
}
