using k8s;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

public sealed class CrdGeneratorTests
{
    [Theory]
    [InlineData(typeof(ModelVersion), "modelversions", "mver", "Namespaced", "Model Version Format Ready (Reason) Age")]
    [InlineData(typeof(ClusterModelRuntime), "clustermodelruntimes", "cmrt", "Cluster", "Format Protocol Port Ready (Reason) Age")]
    [InlineData(typeof(ModelDeployment), "modeldeployments", "mdep", "Namespaced", "Version Ready Candidate Weight Phase Reason (URL) Age")]
    [InlineData(typeof(ClusterRolloutStrategy), "clusterrolloutstrategies", "crst", "Cluster", "Advance Interval Bake Ready (Reason) Age")]
    [InlineData(typeof(RolloutStrategy), "rolloutstrategies", "rst", "Namespaced", "Advance Interval Bake Ready (Reason) Age")]
    [InlineData(typeof(ModelRollout), "modelrollouts", "mro", "Namespaced", "Deployment From To Phase Step Weight Waiting-For (Reason) Age")]
    [InlineData(typeof(GatewayRoute), "gatewayroutes", "groute", "Namespaced", "Host Path Sequence Age")]
    [InlineData(typeof(RolloutRequest), "rolloutrequests", "rreq", "Namespaced", "Deployment Action By Phase (Message) Age")]
    public void A_kind_has_its_names_scope_and_columns(Type kind, string plural, string shortName, string scope, string columns)
    {
        var definition = Definition(kind);
        definition.Metadata.Name.Should().Be($"{plural}.mlops-operator.io");
        definition.Spec.Names.Plural.Should().Be(plural);
        definition.Spec.Names.Kind.Should().Be(kind.Name);
        definition.Spec.Names.ShortNames.Should().Equal(shortName);
        definition.Spec.Names.Categories.Should().Equal("mlops");
        definition.Spec.Scope.Should().Be(scope);
        var version = definition.Spec.Versions.Single();
        (version.Name, version.Served, version.Storage).Should().Be(("v1alpha1", true, true));
        version.Subresources.Status.Should().NotBeNull();
        string.Join(' ', version.AdditionalPrinterColumns.Select(column => column.Priority > 0 ? $"({column.Name})" : column.Name)).Should().Be(columns);
    }

    [Fact]
    public void A_deployment_can_be_scaled()
    {
        var scale = Definition(typeof(ModelDeployment)).Spec.Versions[0].Subresources.Scale;
        (scale.SpecReplicasPath, scale.StatusReplicasPath, scale.LabelSelectorPath).Should().Be((".spec.replicas", ".status.replicas", ".status.selector"));
        Definition(typeof(ModelVersion)).Spec.Versions[0].Subresources.Scale.Should().BeNull();
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void A_column_reads_a_field_that_exists(Type kind)
    {
        var places = GeneratedCrds.Places(kind).Select(place => place.Path).ToList();
        foreach (var column in Definition(kind).Spec.Versions[0].AdditionalPrinterColumns.Where(column => !column.JsonPath.StartsWith(".metadata", StringComparison.Ordinal)))
        {
            var path = column.JsonPath.TrimStart('.').Replace("[0]", "[]", StringComparison.Ordinal).Replace("[?(@.type==\"Ready\")]", "[]", StringComparison.Ordinal);
            places.Should().Contain(path);
        }
    }

    [Theory]
    [InlineData(typeof(ModelDeployment), true)]
    [InlineData(typeof(ModelVersion), true)]
    [InlineData(typeof(GatewayRoute), false)]
    public void A_status_that_a_reconciler_writes_begins_unobserved(Type kind, bool isAwaited)
    {
        var status = GeneratedCrds.Schema(kind).Properties.Single(field => field.Key is "status").Value;
        status.Default?.ToJsonString().Should().Be(isAwaited ? """{"observedGeneration":-1}""" : null);
    }

    [Fact]
    public void A_deployment_defaults_to_one_replica() =>
        Place(typeof(ModelDeployment), "spec.replicas").Default!.GetValue<int>().Should().Be(1);

    [Fact]
    public void A_quantity_is_a_number_or_a_text()
    {
        var quantity = Place(typeof(ModelDeployment), "spec.template.resources.limits{}");
        quantity.IntOrString.Should().BeTrue();
        quantity.Type.Should().BeNull();
        quantity.ToJson().ToJsonString().Should().Contain("\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"string\"}],\"x-kubernetes-int-or-string\":true");
    }

    [Fact]
    public void A_runtime_template_is_typed_where_explain_helps_and_open_elsewhere()
    {
        Place(typeof(ClusterModelRuntime), "spec.template.spec").PreserveUnknownFields.Should().BeTrue();
        Place(typeof(ClusterModelRuntime), "spec.template.spec.containers[]").PreserveUnknownFields.Should().BeTrue();
        Place(typeof(ClusterModelRuntime), "spec.template").PreserveUnknownFields.Should().BeFalse();
        Place(typeof(ClusterModelRuntime), "spec.template.spec.containers[].readinessProbe.httpGet.port").IntOrString.Should().BeTrue();
        Place(typeof(ClusterModelRuntime), "spec.template.spec.containers[].env").ListMapKeys.Should().Equal("name");
    }

    [Fact]
    public void What_the_operator_alone_reads_is_kept_as_it_is()
    {
        Place(typeof(ModelRollout), "status.evidence").PreserveUnknownFields.Should().BeTrue();
        Place(typeof(ModelVersion), "spec.tests[].request").PreserveUnknownFields.Should().BeTrue();
        Place(typeof(ModelVersion), "spec.tests[].expect").PreserveUnknownFields.Should().BeTrue();
    }

    [Fact]
    public void Definitions_fit_into_an_annotation_of_kubectl_apply() =>
        CustomKinds.All.Should().OnlyContain(kind => GeneratedCrds.Generator.Definition(kind).ToJsonString(null).Length < 262_144);

    [Fact]
    public void A_type_without_a_schema_is_refused_by_name()
    {
        var build = () => new SchemaBuilder(DocComments.None).Build(typeof(TimeSpan));
        build.Should().Throw<NotSupportedException>().WithMessage("System.TimeSpan: found a type without a structural schema*");
    }

    private static V1CustomResourceDefinition Definition(Type kind) => KubernetesYaml.Deserialize<V1CustomResourceDefinition>(GeneratedCrds.Generator.Generate(kind));

    private static SchemaNode Place(Type kind, string path) =>
        GeneratedCrds.Places(kind).Single(place => string.Equals(place.Path, path, StringComparison.Ordinal)).Schema;
}
