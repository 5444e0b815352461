using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Tests.Revisions;

public sealed class RevisionHasherTests
{
    [Fact]
    public void PD_55_A_hash_is_the_same_in_every_version_of_the_operator()
    {
        // A golden value: when it changes, every deployment of every user rolls out. Raise HashVersion instead, and keep old revisions.
        RevisionHasher.InputHash(Sample.Version("delays-v1").Spec, null, null).Should().Be("hpk6rtqnqg");
    }

    [Fact]
    public void The_order_of_members_does_not_matter()
    {
        var one = JsonNode.Parse("""{"b":1,"a":{"d":[1,2],"c":null}}""");
        var other = JsonNode.Parse("""{"a":{"d":[1,2]},"b":1}""");

        System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(one)).Should().Be("""{"a":{"d":[1,2]},"b":1}""");
        NameHash.Of(one).Should().Be(NameHash.Of(other)).And.HaveLength(10).And.MatchRegex("^[a-z0-9]+$");
    }

    [Fact]
    public void Digest_template_and_runtime_reference_each_make_another_revision()
    {
        var model = Sample.Version("delays-v1").Spec;
        var hashes = new[]
        {
            RevisionHasher.InputHash(model, null, null),
            RevisionHasher.InputHash(Sample.Version("delays-v1", Sample.Digest2).Spec, null, null),
            RevisionHasher.InputHash(model, new TemplateOverlay { Env = [new V1EnvVar { Name = "A", Value = "1" }] }, null),
            RevisionHasher.InputHash(model, null, new RuntimeReference { Name = "other" }),
        };

        hashes.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Without_a_digest_the_place_and_the_version_name_the_content()
    {
        var model = Sample.Version("delays-v1").Spec;
        var unnamed = model with { Artifact = model.Artifact with { Digest = null } };

        RevisionHasher.InputHash(unnamed, null, null).Should().NotBe(RevisionHasher.InputHash(unnamed with { Version = "9" }, null, null));
    }
}
