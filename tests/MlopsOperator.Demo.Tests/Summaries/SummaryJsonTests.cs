using System.Text.Json.Nodes;
using MlopsOperator.Demo.Summaries;

namespace MlopsOperator.Demo.Tests.Summaries;

public sealed class SummaryJsonTests
{
    [Fact]
    public async Task The_file_has_the_promised_shape()
    {
        using var folder = new TemporaryFolder();
        var file = new FileInfo(folder.Path("below", "summary.json"));

        await SummaryJson.WriteAsync(Samples.Summary, file, TestContext.Current.CancellationToken);

        var written = JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken));
        written!.ToJsonString().Should().Be(
            """{"rollouts":[{"name":"delays-1","from":null,"to":"delays-v1","phase":"Succeeded","outcome":"Initial","reason":"It serves.","durationSeconds":2.5,"requests":0,"errors":0,"weights":[]},"""
            + """{"name":"delays-2","from":"delays-v1","to":"delays-v2","phase":"RolledBack","outcome":"Failed","reason":"It fails.","durationSeconds":10,"requests":272,"errors":5,"weights":[1000,0]}],"""
            + """
            "traffic":{"requests":1272,"errors":5,"byVersion":{"delays-v1":{"requests":1000,"errors":0},"delays-v2":{"requests":272,"errors":5}}}}
            """);
        file.Directory!.GetFiles().Should().ContainSingle("no part of a file is left beside it");
    }
}
