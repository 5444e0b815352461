using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Conformance;

public sealed class ConformanceTests
{
    /// <summary>
    /// Every step in scope is answered as the real server answered it, but those that Fixtures/not-yet.json lists: with "differs" in that one way
    /// alone, else in any. A listed step that is answered right must leave the list.
    /// </summary>
    [Theory]
    [InlineData("crud.jsonl")]
    [InlineData("lists.jsonl")]
    [InlineData("watch.jsonl")]
    [InlineData("patch.jsonl")]
    [InlineData("apply.jsonl")]
    [InlineData("apply-custom.jsonl")]
    [InlineData("crd.jsonl")]
    [InlineData("delete.jsonl")]
    [InlineData("discovery.jsonl")]
    [InlineData("workloads.jsonl")]
    [InlineData("kinds.jsonl")]
    [InlineData("openapi.jsonl")]
    public async Task Answers_are_those_of_a_real_server(string file)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var scenario = await Scenario.LoadAsync(file, TestContext.Current.CancellationToken);
        await using var cluster = await EmbeddedCluster.StartAsync(
            o =>
            {
                o.Time = clock;
                o.ApiOnly = !scenario.NeedsControllers;
                o.Pods.Default(pod => pod.ReadyAfter(TimeSpan.FromSeconds(1)));

                // Pods of Jobs succeeded where it was recorded.
                o.Pods.Label("job-name", "j", pod => pod.CompletesAfter(TimeSpan.FromSeconds(1)));
            },
            TestContext.Current.CancellationToken);

        var results = await new Replay(cluster, clock, scenario).RunAsync(TestContext.Current.CancellationToken);

        var expectedToFail = await NotYetAsync(file, TestContext.Current.CancellationToken);
        var report = new StringBuilder();
        foreach (var (step, differences) in results)
        {
            if (!IsExpected(differences, expectedToFail.GetValueOrDefault(step)))
            {
                report.Append(Describe(file, step, scenario.Steps[step], differences));
            }
        }

        var failed = results.Count(r => r.Value.Count > 0);
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{file}: compared {results.Count}, ok {results.Count - failed}, failed {failed}"));
        report.ToString().Should().BeEmpty(FormattableString.Invariant($"of {results.Count} steps {failed} differ"));
    }

    /// <param name="differences">What differs.</param>
    /// <param name="allowed">With what each difference must begin; null: there must be none.</param>
    private static bool IsExpected(IReadOnlyList<string> differences, string? allowed) =>
        allowed is null ? differences.Count == 0 : differences.Count > 0 && differences.All(d => d.StartsWith(allowed, StringComparison.Ordinal));

    /// <summary>The listed steps of a file, and with what each of their differences begins.</summary>
    private static async Task<Dictionary<int, string>> NotYetAsync(string file, CancellationToken cancellationToken)
    {
        var list = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Scenario.Folder, "not-yet.json"), cancellationToken))!;
        var steps = new Dictionary<int, string>();
        foreach (var (_, entry) in list[file]?.AsObject() ?? [])
        {
            foreach (var step in entry!["steps"]!.AsArray())
            {
                steps.Add(step!.GetValue<int>(), (string?)entry["differs"] ?? "");
            }
        }

        return steps;
    }

    private static string Describe(string file, int step, JsonObject content, IReadOnlyList<string> differences)
    {
        var head = FormattableString.Invariant($"\n{file} {step}: {content["k"]} {content["n"]}\n    {content["req"]?["method"]} {content["req"]?["path"]}");
        return differences.Count == 0
            ? $"{head}\n    is answered right: take it off the list\n"
            : $"{head}\n{string.Concat(differences.Take(6).Select(d => $"    {d}\n"))}";
    }
}
