using System.Text.Json;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Tests.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Manifests;

public sealed class ManifestCaseTests
{
    [Theory]
    [MemberData(nameof(ManifestCase.All), MemberType = typeof(ManifestCase))]
    public async Task The_rules_say_of_a_manifest_what_the_table_says(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        switch (row.Rules)
        {
            case "Unreadable":
                var read = () => KindRules.Check(row.Manifest);
                read.Should().Throw<JsonException>().Which.Path.Should().ContainAll(row.Problems.Single().Words);
                break;
            case "NotAsked":
                KindRules.Check(row.Manifest).Should().BeEmpty("only the update is wrong");
                break;
            default:
                var problems = KindRules.Check(row.Manifest);
                problems.Select(problem => problem.Field).Should().Equal(row.Problems.Select(problem => problem.Field), string.Join('\n', problems));
                foreach (var (found, expected) in problems.Zip(row.Problems))
                {
                    found.ToString().Should().ContainAll(expected.Words).And.NotContain("\n");
                }

                break;
        }
    }

    [Theory]
    [MemberData(nameof(ManifestCase.All), MemberType = typeof(ManifestCase))]
    public async Task The_schema_says_of_a_manifest_what_the_table_says(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        var kind = CustomKinds.All.Single(type => string.Equals(type.Name, row.Manifest["kind"]!.GetValue<string>(), StringComparison.Ordinal));
        var errors = SchemaCheck.Check(row.Manifest, GeneratedCrds.Schema(kind));
        if (string.Equals(row.Admission, "RefusedBySchema", StringComparison.Ordinal))
        {
            errors.Should().Contain(error => row.AdmissionWords.All(word => error.Contains(word, StringComparison.Ordinal)), string.Join('\n', errors));
        }
        else
        {
            errors.Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(ManifestCase.All), MemberType = typeof(ManifestCase))]
    public async Task A_row_of_the_table_makes_sense(string name)
    {
        var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
        row.Admission.Should().BeOneOf("Accepted", "RefusedBySchema", "RefusedByCel");
        row.Rules.Should().BeOneOf("Accepted", "Refused", "Unreadable", "NotAsked");
        (row.Problems.Count > 0).Should().Be(row.Rules is "Refused" or "Unreadable");
        (row.Rules is "NotAsked").Should().Be(row.Before is not null && row.Admission is not "Accepted", "only updates that admission refuses are hidden from the rules");
        if (row.Admission is not "Accepted")
        {
            row.Rules.Should().NotBe("Accepted", "what admission refuses, the rules refuse too: the object may have been stored before");
        }

        name.Should().StartWith(row.Manifest["kind"]!.GetValue<string>() + "/");
    }
}
