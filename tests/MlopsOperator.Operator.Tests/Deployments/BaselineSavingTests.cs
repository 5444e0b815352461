using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Tests.Deployments;

public sealed class BaselineSavingTests
{
    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly ModelDeployment _deployment = Sample.Deployment();
    private readonly BaselineSaving _saving;

    public BaselineSavingTests() => _saving = new BaselineSaving(_time);

    [Fact]
    public void A_first_history_and_one_of_another_revision_are_saved_at_once()
    {
        _saving.Due(_deployment, History(1, 10)).Should().Be(History(1, 10));

        Saved(History(90, 900));
        _saving.Due(_deployment, History(1, 10, "r2")).Should().Be(History(1, 10, "r2"));
    }

    [Fact]
    public void Without_a_history_there_is_nothing_to_save()
    {
        Saved(History(90, 900));

        _saving.Due(_deployment, null).Should().BeNull("what is saved already is kept by the status, if it is still stable's");
    }

    [Theory]
    [InlineData(59, 100, 29, false)]
    [InlineData(60, 100, 29, true)]
    [InlineData(1, 100, 30, true)]
    [InlineData(60, 0, 30, false)]
    public void It_is_saved_after_sixty_blocks_or_half_a_minute_if_there_was_traffic(int blocks, long requests, int seconds, bool due)
    {
        Saved(History(100, 1000));
        _saving.Due(_deployment, History(100, 1000)).Should().Be(History(100, 1000));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        var current = History(100 + blocks, 1000 + requests);

        _saving.Due(_deployment, current).Should().Be(due ? current : History(100, 1000));
    }

    [Fact]
    public void After_a_save_half_a_minute_begins_again()
    {
        Saved(History(100, 1000));
        _saving.Due(_deployment, History(100, 1000));
        _time.Advance(TimeSpan.FromSeconds(30));
        Saved(_saving.Due(_deployment, History(101, 1001))!);
        _time.Advance(TimeSpan.FromSeconds(29));
        _saving.Due(_deployment, History(102, 1002)).Should().Be(History(101, 1001));
        _time.Advance(TimeSpan.FromSeconds(1));

        _saving.Due(_deployment, History(103, 1003)).Should().Be(History(103, 1003));
    }

    [Fact]
    public void A_forgotten_deployment_begins_anew()
    {
        Saved(History(100, 1000));
        _saving.Due(_deployment, History(100, 1000));
        _time.Advance(TimeSpan.FromSeconds(30));
        _saving.Forget(_deployment);

        _saving.Due(_deployment, History(101, 1001)).Should().Be(History(100, 1000));
    }

    private static BaselineEvidence History(int blocks, long requests, string revision = "r1") => new() { Revision = revision, Interval = "10s", Blocks = blocks, Requests = requests };

    private void Saved(BaselineEvidence history) => _deployment.Status = new ModelDeploymentStatus { Baseline = history };
}
