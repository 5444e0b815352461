using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.Invariants;
using MlopsOperator.Simulation.Weather;

namespace MlopsOperator.Simulation.Tests.Weather;

public sealed class JudgementsTests
{
    private readonly Judgements _judgements = new("delays-v3");

    [Theory]
    [InlineData("delays-v3", "Succeeded", "Proved", "*delays-v3, which fails, was promoted by delays-7*")]
    [InlineData("delays-v2", "RollingBack", "Failed", "*delays-v2, which does not fail, was taken back by delays-7*")]
    [InlineData("delays-v2", "RolledBack", "Failed", "*delays-v2, which does not fail, was taken back by delays-7*")]
    public void A_wrong_judgement_is_told_though_its_rollout_is_pruned_later(string version, string phase, string reason, string told)
    {
        _judgements.Observe(Rollout(version, phase, reason));
        _judgements.Observe(Rollout(version, phase, reason) with { Method = "DELETE", After = null });

        _judgements.Problems.Should().ContainSingle().Which.Should().Match(told);
    }

    [Theory]
    [InlineData("delays-v3", "RolledBack", "Failed")]
    [InlineData("delays-v2", "Succeeded", "Proved")]
    [InlineData("delays-v2", "RolledBack", "Reverted")]
    [InlineData("delays-v3", "Superseded", "Superseded")]
    public void A_right_judgement_is_none(string version, string phase, string reason)
    {
        _judgements.Observe(Rollout(version, phase, reason));

        _judgements.Problems.Should().BeEmpty();
    }

    [Fact]
    public void A_first_version_has_nothing_to_be_compared_with()
    {
        _judgements.Observe(Rollout("delays-v3", "Succeeded", "Initial", from: null));

        _judgements.Problems.Should().BeEmpty();
    }

    private static ClusterWrite Rollout(string version, string phase, string reason, string? from = "delays-v1") => new(
        1,
        StoreModel.Rollouts,
        "prod",
        "delays-7",
        "operator-1",
        "mlops-operator-rollouts",
        "PUT",
        "/apis/mlops-operator.io/v1alpha1/namespaces/prod/modelrollouts/delays-7/status",
        default,
        Before: null,
        After: new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["from"] = from is null ? null : new JsonObject { ["modelVersion"] = from },
                ["to"] = new JsonObject { ["modelVersion"] = version },
            },
            ["status"] = new JsonObject { ["phase"] = phase, ["reason"] = reason },
        });
}
