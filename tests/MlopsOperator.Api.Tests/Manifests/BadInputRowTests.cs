using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Tests.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>
/// Bad input by the rows of docs/bad-input.md: each case has its manifest in the table, where the schema refuses it and the rules refuse it again. The
/// table's own tests ask C#, the embedded cluster and a real API server.
/// </summary>
public sealed class BadInputRowTests
{
    [Theory]
    [InlineData("replicas-is-a-text")]
    public Task BI_1_A_value_of_the_wrong_type_is_refused(string row) => RefusedAsync("ModelDeployment/" + row, "integer");

    [Theory]
    [InlineData("ModelDeployment/timeout-without-a-unit", "\"10\"")]
    [InlineData("ModelDeployment/timeout-is-negative", "\"-5s\"")]
    [InlineData("ModelDeployment/timeout-without-its-last-unit", "\"1h30\"")]
    [InlineData("ModelDeployment/deadline-of-three-hundred-years", "\"2628000h\"")]
    [InlineData("ModelDeployment/deadline-beyond-any-number", null)]
    [InlineData("RolloutStrategy/bake-of-more-than-a-year", null)]
    [InlineData("RolloutStrategy/negative-wait", null)]
    public Task BI_2_A_duration_that_is_none_or_longer_than_a_year_is_refused(string row, string? found) => RefusedAsync(row, found);

    [Theory]
    [InlineData("weight-without-a-sign", "\"5\"")]
    [InlineData("weight-above-a-hundred", "\"105%\"")]
    [InlineData("weight-not-a-number", "\"NaN%\"")]
    [InlineData("weight-with-an-exponent", "\"1e2%\"")]
    [InlineData("weight-finer-than-we-can-split", "\"33.333%\"")]
    [InlineData("weight-negative", null)]
    [InlineData("falling-weights", "\"10%\"")]
    [InlineData("equal-weights-in-two-notations", null)]
    public Task BI_3_A_share_that_is_none_or_steps_that_do_not_rise_are_refused(string row, string? found) => RefusedAsync("RolloutStrategy/" + row, found);

    [Theory]
    [InlineData("name-too-long", null)]
    [InlineData("name-begins-with-a-digit", "\"7b-llama\"")]
    [InlineData("name-with-a-dot", null)]
    public Task BI_4_A_name_that_no_Service_can_have_is_refused(string row, string? found) => RefusedAsync("ModelDeployment/" + row, found);

    [Theory]
    [InlineData("ModelDeployment/runtime-of-another-kind")]
    [InlineData("ModelDeployment/no-version")]
    [InlineData("ModelDeployment/strategy-without-a-name")]
    public Task BI_5_A_reference_without_a_name_or_of_another_kind_is_refused(string row) => RefusedAsync(row, null);

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void BI_6_No_reference_has_a_namespace(Type kind)
    {
        var spec = GeneratedCrds.Schema(kind).Properties.Single(field => field.Key is "spec").Value;

        // The affinity of pods is Kubernetes' own, and its namespaces are those of the pods to be near to.
        GeneratedCrds.Below("spec", spec).Select(place => place.Path).Where(path => !path.Contains(".affinity", StringComparison.Ordinal))
            .Should().NotContain(path => path.EndsWith(".namespace", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".namespaces", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void BI_7_No_field_makes_a_cycle_yet()
    {
        // Lineage with parents, and training that is started by drift, bring the depth of 32 and the cooldown with them.
        CustomKinds.All.Select(kind => kind.Name).Should().NotContain(["DriftMonitor", "RetrainingPolicy"]);
        var lineage = GeneratedCrds.Below("spec", GeneratedCrds.Schema(typeof(Models.ModelVersion)).Properties.Single(field => field.Key is "spec").Value);
        lineage.Should().NotContain(place => place.Path.Contains("parents", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("model-with-a-line-break")]
    [InlineData("tensor-with-a-line-break")]
    [InlineData("tensor-with-a-direction-mark")]
    [InlineData("tensor-with-a-combining-accent", "Accepted")]
    public Task BI_8_A_name_that_hides_or_breaks_something_is_refused(string row, string admission = "RefusedBySchema") => RefusedAsync("ModelVersion/" + row, null, admission);

    [Theory]
    [InlineData("ModelVersion/too-many-tensors")]
    [InlineData("ModelVersion/size-above-any")]
    [InlineData("ModelVersion/model-is-too-long")]
    [InlineData("ModelDeployment/too-many-hosts")]
    [InlineData("ModelDeployment/replicas-beyond-any")]
    [InlineData("RolloutStrategy/too-many-steps")]
    public Task BI_9_What_is_beyond_any_use_is_refused(string row) => RefusedAsync(row, null);

    [Theory]
    [InlineData("model-with-a-template")]
    [InlineData("uri-with-an-expansion")]
    [InlineData("uri-with-a-fragment")]
    [InlineData("uri-that-climbs-up")]
    [InlineData("uri-whose-file-is-the-folder-above")]
    public Task BI_10_Text_that_something_would_expand_is_refused(string row) => RefusedAsync("ModelVersion/" + row, null);

    [Theory]
    [InlineData("ModelVersion/changed-artifact")]
    [InlineData("ModelRollout/another-target")]
    [InlineData("ModelRollout/another-strategy")]
    public async Task BI_11_What_is_immutable_is_not_changed(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        row.Before.Should().NotBeNull();
        row.Admission.Should().Be("RefusedByCel");
    }

    private static async Task RefusedAsync(string name, string? found, string? admission = null)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        row.Admission.Should().Match(said => admission == null ? said.StartsWith("Refused", StringComparison.Ordinal) : said == admission);
        row.Rules.Should().BeOneOf("Refused", "Unreadable");
        if (found is not null)
        {
            row.Problems.SelectMany(problem => problem.Words).Concat(row.AdmissionWords).Should().Contain(word => word.Contains(found, StringComparison.Ordinal));
        }
    }
}
