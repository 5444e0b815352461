namespace MlopsOperator.Fetcher.Commands;

/// <summary>What the fetcher reads from its environment.</summary>
/// <param name="FileRoot">Folder under which <c>file:</c> URIs are resolved.</param>
/// <param name="TerminationMessagePath">File that receives the report.</param>
/// <param name="CreatesTerminationMessage">Whether that file may be made. The kubelet makes its own beforehand; a run by hand must not leave one in /dev.</param>
internal sealed record FetcherEnvironment(string FileRoot, string TerminationMessagePath, bool CreatesTerminationMessage)
{
    private const string DefaultTerminationMessagePath = "/dev/termination-log";

    /// <summary>The environment of this process: FILE_ROOT and TERMINATION_MESSAGE_PATH.</summary>
    /// <returns>The environment, defaults filled in.</returns>
    public static FetcherEnvironment FromProcess()
    {
        var root = Environment.GetEnvironmentVariable("FILE_ROOT");
        var path = Environment.GetEnvironmentVariable("TERMINATION_MESSAGE_PATH");
        return new FetcherEnvironment(
            string.IsNullOrEmpty(root) ? "/" : root,
            string.IsNullOrEmpty(path) ? DefaultTerminationMessagePath : path,
            CreatesTerminationMessage: !string.IsNullOrEmpty(path));
    }
}
