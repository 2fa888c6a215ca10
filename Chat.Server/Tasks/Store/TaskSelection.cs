namespace Chat.Server.Tasks.Store;

/// <summary>Either one task or all of a queue in a state.</summary>
internal readonly record struct TaskSelection(Guid? Id, string? Queue, TaskState State)
{
    public static TaskSelection One(Guid id) => new(id, null, default);

    public static TaskSelection All(string queue, TaskState state) => new(null, queue, state);

    public IQueryable<TaskRow> In(IQueryable<TaskRow> tasks)
    {
        var (id, queue, state) = this;
        return id is not null ? tasks.Where(t => t.Id == id) : tasks.Where(t => t.Queue == queue && t.State == state);
    }
}
