namespace MlopsOperator.DevCluster.Nodes;

/// <summary>Removes folders of pods.</summary>
internal static class Folders
{
    /// <summary>
    /// Removes a folder with all it holds. What somebody still writes to may stay: the cluster's end removes it, and so does the watchdog.
    /// </summary>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }
}
