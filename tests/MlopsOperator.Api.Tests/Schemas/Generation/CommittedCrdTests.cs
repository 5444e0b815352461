using MlopsOperator.Api.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

public sealed class CommittedCrdTests
{
    private const string Command = "UPDATE_CRDS=1 dotnet run --project tests/MlopsOperator.Api.Tests";

    private static bool IsUpdate => string.Equals(Environment.GetEnvironmentVariable("UPDATE_CRDS"), "1", StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public async Task A_definition_is_committed_as_it_is_generated(Type kind)
    {
        var file = Path.Combine(RepositoryFolder.Crds, CrdGenerator.FileName(kind));
        var generated = GeneratedCrds.Generator.Generate(kind);
        if (IsUpdate)
        {
            Directory.CreateDirectory(RepositoryFolder.Crds);
            await File.WriteAllTextAsync(file, generated, TestContext.Current.CancellationToken);
        }

        File.Exists(file).Should().BeTrue($"crds/ holds every kind; {Command} writes it");
        var committed = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        string.Equals(committed, generated, StringComparison.Ordinal).Should().BeTrue($"{file} must be what the types of MlopsOperator.Api say; {Command} rewrites it");
    }

    [Fact]
    public void No_definition_outlives_its_kind() =>
        Directory.GetFiles(RepositoryFolder.Crds).Select(Path.GetFileName).Should().BeEquivalentTo(CustomKinds.All.Select(CrdGenerator.FileName));

    [Fact]
    public void A_continuous_integration_run_does_not_rewrite_what_it_checks() =>
        (IsUpdate && Environment.GetEnvironmentVariable("CI") is not null).Should().BeFalse();
}
