namespace MlopsOperator.Samples.Training;

/// <summary>Where the samples are.</summary>
internal static class SampleFolder
{
    /// <summary>Finds deploy/samples above this program.</summary>
    /// <returns>The folder.</returns>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var samples = Path.Combine(folder.FullName, "deploy", "samples");
            if (File.Exists(Path.Combine(samples, "data", "delays.csv.gz")))
            {
                return samples;
            }
        }

        throw new DirectoryNotFoundException($"There is no deploy/samples/data/delays.csv.gz above {AppContext.BaseDirectory}.");
    }
}
