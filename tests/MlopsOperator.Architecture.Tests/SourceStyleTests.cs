using System.Text.RegularExpressions;

namespace MlopsOperator.Architecture.Tests;

public sealed partial class SourceStyleTests
{
    private const int LongestFile = 400;
    private const long LargestCommittedFile = 2 * 1024 * 1024;

    private static readonly string[] NamesThatSayNothing = ["Utils", "Utilities", "Helpers", "Helper", "Common", "Misc"];

    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold() =>
        Sources("src").Where(file => File.ReadLines(file).Count() > LongestFile).Should().BeEmpty();

    [Fact]
    public void Folders_and_files_are_named_for_concepts() =>
        Sources("src").Concat(Sources("tests"))
            .SelectMany(file => Path.GetRelativePath(Repository.Root, file).Split('/', '.'))
            .Should().NotIntersectWith(NamesThatSayNothing);

    [Fact]
    public void No_test_is_skipped_and_no_work_is_left_for_later() =>
        Sources("src").Concat(Sources("tests"))
            .Where(file => !file.EndsWith(nameof(SourceStyleTests) + ".cs", StringComparison.Ordinal))
            .Where(file => LeftForLater().IsMatch(File.ReadAllText(file)))
            .Should().BeEmpty();

    [Fact]
    public void No_file_is_too_large_for_a_repository() =>
        Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file) && new FileInfo(file).Length > LargestCommittedFile)
            .Should().BeEmpty();

    [Fact]
    public void No_namespace_hides_the_clients_class() =>
        Sources("src").Where(file => KubernetesNamespace().IsMatch(File.ReadAllText(file))).Should().BeEmpty();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories).Where(file => !IsBuilt(file));

    private static bool IsBuilt(string file)
    {
        var parts = Path.GetRelativePath(Repository.Root, file).Split('/');
        return parts.Any(part => part is "bin" or "obj" or ".git" or "artifacts" or "TestResults");
    }

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=\s*""", RegexOptions.ExplicitCapture)]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"namespace [\w.]*\.Kubernetes\b", RegexOptions.ExplicitCapture)]
    private static partial Regex KubernetesNamespace();
}
