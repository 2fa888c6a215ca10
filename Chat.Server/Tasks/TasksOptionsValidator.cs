using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Chat.Server.Tasks;

internal sealed class TasksOptionsValidator : IValidateOptions<TasksOptions>
{
    private readonly TasksOptionsRanges _ranges = new();

    public ValidateOptionsResult Validate(string? name, TasksOptions options)
    {
        var ranges = _ranges.Validate(name, options);
        if (ranges.Failed) return ranges;
        try
        {
            options.Weights();
            return ValidateOptionsResult.Success;
        }
        catch (FormatException e)
        {
            return ValidateOptionsResult.Fail(
                $"Chat:Tasks:Queues: {e.Message}; an example is critical=6,default=3,low=1");
        }
    }
}
