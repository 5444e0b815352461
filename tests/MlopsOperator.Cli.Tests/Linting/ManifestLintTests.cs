using k8s.Models;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Cli.Linting;

namespace MlopsOperator.Cli.Tests.Linting;

public sealed class ManifestLintTests
{
    [Fact]
    public void Every_problem_of_every_object_is_named_with_its_file_and_field()
    {
        var findings = Check("""
            apiVersion: mlops-operator.io/v1alpha1
            kind: RolloutStrategy
            metadata: {name: careful}
            spec:
              canary: {steps: [{weight: 50%}, {weight: 10%}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: not-ours}
            ---
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: delays}
            spec: {modelVersionRef: {name: delays-v1}, replicas: two}
            ---
            apiVersion: mlops-operator.io/v1alpha1
            kind: RolloutStrategie
            metadata: {name: typo}
            """);

        findings.Should().HaveCount(3);
        findings[0].Should().Be("file.yaml: RolloutStrategy careful: spec.canary.steps[1].weight: found \"10%\"; expected more than the 50% of the step before");
        findings[1].Should().StartWith("file.yaml: ModelDeployment delays: spec.replicas");
        findings[2].Should().Contain("found \"RolloutStrategie\"");
    }

    [Fact]
    public void Every_kind_that_users_write_is_known()
    {
        var kinds = typeof(ModelVersion).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(KubernetesEntityAttribute), inherit: false).Cast<KubernetesEntityAttribute>())
            .Select(entity => entity.Kind)
            .Except([ModelRollout.KubeKind, GatewayRoute.KubeKind], StringComparer.Ordinal)
            .ToList();
        kinds.Should().HaveCountGreaterThan(4);

        kinds.Where(kind => Check($$"""{apiVersion: mlops-operator.io/v1alpha1, kind: {{kind}}, metadata: {name: x}, spec: {} }""").Exists(finding => finding.Contains("kind: found", StringComparison.Ordinal)))
            .Should().BeEmpty();
    }

    [Fact]
    public void What_is_no_YAML_is_told_as_such() => Check("a: [").Should().ContainSingle().Which.Should().StartWith("file.yaml: no YAML");

    private static List<string> Check(string yaml) => [.. ManifestLint.Check("file.yaml", new StringReader(yaml)).Select(finding => finding.ToString())];
}
