namespace MlopsOperator.Fetcher.Sources;

/// <summary>Paths with every symbolic link followed, also those in the middle.</summary>
internal static class LinkFreePath
{
    /// <summary>Follows all links of a path. What does not exist is kept as it is written.</summary>
    /// <param name="path">A full path.</param>
    /// <returns>The path that the links lead to.</returns>
    /// <exception cref="ArtifactException">It leads through more than <see cref="Limits.SymbolicLinks"/> links.</exception>
    public static string Resolve(string path)
    {
        var links = 0;
        var current = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Names(path).Reverse());
        while (rest.TryPop(out var name))
        {
            var next = Path.GetFullPath(Path.Combine(current, name));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                current = next;
                continue;
            }

            if (++links > Limits.SymbolicLinks)
            {
                throw new ArtifactException(FailureReasons.InvalidUri, $"The path leads through more than {Limits.SymbolicLinks} symbolic links.");
            }

            if (Path.IsPathRooted(target))
            {
                current = Path.GetPathRoot(target)!;
            }

            foreach (var part in Names(target).Reverse())
            {
                rest.Push(part);
            }
        }

        return current;
    }

    private static string[] Names(string path) =>
        path[(Path.GetPathRoot(path)?.Length ?? 0)..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
