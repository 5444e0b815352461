using System.Globalization;
using System.Text.RegularExpressions;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>The list of bad input and the tests that bear its numbers are one.</summary>
public sealed partial class BadInputListTests
{
    [Fact]
    public async Task Every_row_of_the_list_has_a_test_and_every_test_its_row()
    {
        var token = TestContext.Current.CancellationToken;
        var list = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "bad-input.md"), token);
        var rows = Row().Matches(list).Select(row => Number(row.Groups["number"])).ToList();
        var tested = new SortedSet<int>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories))
        {
            tested.UnionWith(Test().Matches(await File.ReadAllTextAsync(file, token)).Select(test => Number(test.Groups["number"])));
        }

        rows.Should().Equal(Enumerable.Range(1, 13));
        tested.Should().Equal(rows);
    }

    [Fact]
    public async Task Every_test_class_that_the_list_names_is_there()
    {
        var token = TestContext.Current.CancellationToken;
        var list = await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "bad-input.md"), token);
        var classes = Directory.EnumerateFiles(Path.Combine(RepositoryFolder.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = Named().Matches(list).Select(name => name.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        named.Should().NotBeEmpty();
        named.Where(name => !classes.Contains(name)).Should().BeEmpty();
    }

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| BI-(?<number>\d+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b(Task|void) (PD_\d+_)?BI_(?<number>\d+)_", RegexOptions.ExplicitCapture)]
    private static partial Regex Test();

    [GeneratedRegex(@"`(?<name>[A-Za-z]+Tests)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
