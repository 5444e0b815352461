using System.Reflection;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>Where the parts of the demo are: the repository that it was built from.</summary>
internal sealed class DemoPlaces
{
    private readonly string _programOutput;

    private DemoPlaces(string root, string programOutput)
    {
        Root = root;
        _programOutput = programOutput;
    }

    /// <summary>The repository's folder.</summary>
    public string Root { get; }

    /// <summary>Folder of the CRDs.</summary>
    public string Crds => Path.Combine(Root, "crds");

    /// <summary>Folder of the manifests of operator and gateway.</summary>
    public string SystemManifests => Path.Combine(Root, "deploy", "manifests");

    /// <summary>Folder of the demo's own manifests.</summary>
    public string DemoManifests => Path.Combine(Root, "deploy", "samples", "demo");

    /// <summary>The data set.</summary>
    public string Data => Path.Combine(Root, "deploy", "samples", "data", "delays.csv.gz");

    /// <summary>The manifest of a strategy; null for the one that is part of the demo's own manifests.</summary>
    public string? Strategy(string name) => Path.Combine(Root, "deploy", "samples", "strategies", name + ".yaml") is var file && File.Exists(file) ? file : null;

    /// <summary>Reads where this program was built and checks that all is there.</summary>
    public static DemoPlaces Find()
    {
        var metadata = typeof(DemoPlaces).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        return At(metadata["RepositoryRoot"]!, metadata["ProgramOutput"]!);
    }

    /// <summary>Checks that all is there.</summary>
    /// <param name="root">The repository's folder.</param>
    /// <param name="programOutput">Where below a project's folder its program is built to.</param>
    /// <exception cref="DemoFailure">A part is missing.</exception>
    public static DemoPlaces At(string root, string programOutput)
    {
        var places = new DemoPlaces(root, programOutput);
        foreach (var needed in new[] { places.Crds, places.SystemManifests, places.DemoManifests, places.Data })
        {
            if (!Path.Exists(needed))
            {
                throw new DemoFailure($"{needed} is missing. Run the demo from a whole checkout: dotnet run --project src/MlopsOperator.Demo");
            }
        }

        return places;
    }

    /// <summary>The built program of a project, such as Operator.</summary>
    public string Program(string project)
    {
        var path = Path.Combine(Root, "src", $"MlopsOperator.{project}", _programOutput, $"MlopsOperator.{project}.dll");
        return File.Exists(path) ? path : throw new DemoFailure($"{path} is missing. Build it: dotnet build src/MlopsOperator.{project}");
    }
}
