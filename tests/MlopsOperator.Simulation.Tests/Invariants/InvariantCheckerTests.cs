using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.Invariants;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Tests.Invariants;

public sealed class InvariantCheckerTests
{
    [Fact]
    public void A_violation_says_what_should_hold_what_was_found_and_which_writes_led_to_it()
    {
        var checker = new InvariantChecker(() => TimeSpan.FromSeconds(3));
        for (var number = 1; number <= 30; number++)
        {
            checker.Observe(Route(number, """{"weight":10000}"""));
        }

        checker.Observe(Route(31, """{"weight":9999}"""));

        var violation = checker.Violations.Should().ContainSingle(found => found.Id == "I1").Subject;
        violation.Found.Should().Contain("9999");
        violation.Last.Should().HaveCount(20).And.OnlyContain(line => line.Contains("gatewayroutes.mlops-operator.io prod/delays", StringComparison.Ordinal));
        violation.ToString().Should().Contain("sum to 10,000").And.Contain("\"weight\":9999");
    }

    [Fact]
    public void What_was_broken_is_thrown_once()
    {
        var checker = new InvariantChecker(() => TimeSpan.Zero);
        checker.Observe(Route(1, "{}"));

        checker.Invoking(broken => broken.ThrowIfBroken()).Should().Throw<InvariantViolatedException>().Which.Violations.Should().NotBeEmpty();
        checker.Invoking(broken => broken.ThrowIfBroken()).Should().NotThrow();
    }

    [Fact]
    public async Task A_world_throws_at_the_step_after_a_write_that_breaks_an_invariant()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await world.UntilAsync("a route", () => world.Route is not null);

        world.Invariants.Observe(Route(1, """{"weight":1}"""));

        await world.Awaiting(broken => broken.PassAsync(TimeSpan.FromSeconds(1))).Should().ThrowAsync<InvariantViolatedException>();
    }

    [Fact]
    public void Invariants_have_different_names()
    {
        AllInvariants.Create().Select(invariant => invariant.Id).Should().OnlyHaveUniqueItems();
    }

    private static ClusterWrite Route(int revision, string backend) => new(
        revision,
        StoreModel.Routes,
        "prod",
        "delays",
        "somebody",
        "somebody",
        "PATCH",
        "/apis/mlops-operator.io/v1alpha1/namespaces/prod/gatewayroutes/delays",
        default,
        null,
        JsonNode.Parse(FormattableString.Invariant($$$"""{"metadata":{"name":"delays","namespace":"prod"},"spec":{"sequence":{{{revision}}},"backends":[{{{backend}}}]}}"""))!.AsObject());
}
