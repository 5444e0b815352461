namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>
/// There are no mount namespaces: a value that begins with a path of the container is rewritten to the folder that stands for it,
/// also behind the equals sign of an option (--model=/mnt/models).
/// </summary>
internal sealed class PathMapping
{
    private readonly IReadOnlyList<KeyValuePair<string, string>> folders;

    /// <param name="folders">Folder (or file) on this machine by path in the container.</param>
    public PathMapping(IEnumerable<KeyValuePair<string, string>> folders)
    {
        // A mount below another one wins over it.
        this.folders = [.. folders.OrderByDescending(pair => pair.Key.Length).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
    }

    public string Rewrite(string value)
    {
        if (Find(value) is { } rewritten)
        {
            return rewritten;
        }

        var equals = value.StartsWith('-') ? value.IndexOf('=', StringComparison.Ordinal) : -1;
        return equals > 0 && Find(value[(equals + 1)..]) is { } option ? string.Concat(value.AsSpan(0, equals + 1), option) : value;
    }

    private string? Find(string value)
    {
        foreach (var (path, folder) in folders)
        {
            if (value.StartsWith(path, StringComparison.Ordinal) && (value.Length == path.Length || value[path.Length] == '/'))
            {
                return string.Concat(folder, value.AsSpan(path.Length));
            }
        }

        return null;
    }
}
