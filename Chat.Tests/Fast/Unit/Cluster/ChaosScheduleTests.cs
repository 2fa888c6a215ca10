using Chat.Tests.Fixtures.Cluster.Faults;

namespace Chat.Tests.Unit.Cluster;

/// <summary>A run that failed can be played again: the seed decides everything that is decided.</summary>
public sealed class ChaosScheduleTests
{
    [Fact]
    public void The_same_seed_gives_the_same_faults_and_another_seed_gives_others()
    {
        Assert.Equal(Text(3, 1), Text(3, 1));
        Assert.NotEqual(Text(3, 1), Text(4, 1));
    }

    [Fact]
    public void A_run_of_five_minutes_has_every_kind_of_fault_for_every_instance_it_names()
    {
        var faults = ChaosSchedule.Make(1, TimeSpan.FromMinutes(5), instances: 3).SelectMany(step => step.Faults)
            .ToList();
        Assert.Equal(Enum.GetValues<ChaosKind>().Length, faults.Select(fault => fault.Kind).Distinct().Count());
        Assert.All(faults, fault => Assert.InRange(fault.Instance, 0, 2));
        Assert.Equal(3, faults.Select(fault => fault.Instance).Distinct().Count());
    }

    [Fact]
    public void No_two_faults_at_once_are_healed_by_one_another()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            foreach (var step in ChaosSchedule.Make(seed, TimeSpan.FromMinutes(2), instances: 3)
                .Where(step => step.Faults.Count > 1))
            {
                Assert.DoesNotContain(step.Faults, fault => fault.Kind == ChaosKind.RollingRestart);
                Assert.NotEqual((step.Faults[0].Kind, step.Faults[0].Instance),
                    (step.Faults[1].Kind, step.Faults[1].Instance));
            }
        }
    }

    [Fact]
    public void Kinds_are_spelled_as_in_the_summary() =>
        Assert.Equal("kill_instance", ChaosKinds.NameOf(ChaosKind.KillInstance));

    private static string Text(int seed, double minutes) =>
        string.Join("\n",
            ChaosSchedule.Make(seed, TimeSpan.FromMinutes(minutes), instances: 3)
                .Select(step => $"{step.Pause} {step}"));
}
