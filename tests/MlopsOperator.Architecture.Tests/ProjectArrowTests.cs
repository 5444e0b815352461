using System.Xml.Linq;

namespace MlopsOperator.Architecture.Tests;

public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["MlopsOperator.Api"] = [],
        ["MlopsOperator.Statistics"] = [],
        ["MlopsOperator.Rollouts"] = ["MlopsOperator.Api", "MlopsOperator.Statistics"],
        ["MlopsOperator.ControllerRuntime"] = [],
        ["MlopsOperator.Operator"] = ["MlopsOperator.Api", "MlopsOperator.Statistics", "MlopsOperator.Rollouts", "MlopsOperator.ControllerRuntime"],
        ["MlopsOperator.Gateway"] = ["MlopsOperator.Api", "MlopsOperator.ControllerRuntime", "MlopsOperator.Statistics"],
        ["MlopsOperator.ModelServer"] = [],
        ["MlopsOperator.Fetcher"] = [],
        ["MlopsOperator.DevCluster"] = [],
        ["MlopsOperator.Cli"] = ["MlopsOperator.Api", "MlopsOperator.ControllerRuntime"],
        ["MlopsOperator.Demo"] = ["MlopsOperator.Api", "MlopsOperator.DevCluster"],
    };

    public static TheoryData<string> Projects() => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_depends_only_on_what_the_architecture_allows(string project)
    {
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false") // built beside it, not used by it
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

        Allowed.Should().ContainKey(project, "docs/architecture.md and this table list every project of src/");
        references.Should().BeSubsetOf(Allowed[project]);
    }
}
