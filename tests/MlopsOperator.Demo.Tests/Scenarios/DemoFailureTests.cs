using System.Text.Json;
using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class DemoFailureTests
{
    public static TheoryData<Exception> Expected() =>
    [
        new DemoFailure("what happened"),
        new IOException("what happened"),
        new InvalidDataException("what happened"),
        new JsonException("what happened"),
        new HttpRequestException("what happened"),
        new InvalidOperationException("what happened"),
        new UnauthorizedAccessException("what happened"),
        new TimeoutException("what happened"),
        new TaskCanceledException("what happened"),
    ];

    [Theory]
    [MemberData(nameof(Expected), DisableDiscoveryEnumeration = true)]
    public void A_failure_that_can_be_expected_is_told_in_a_sentence(Exception error) => DemoFailure.Sentence(error).Should().StartWith("The demo could not run: ").And.EndWith("what happened");

    [Fact]
    public void A_defect_shows_where_it_happened() => DemoFailure.Sentence(new ArgumentNullException("rows")).Should().BeNull();
}
