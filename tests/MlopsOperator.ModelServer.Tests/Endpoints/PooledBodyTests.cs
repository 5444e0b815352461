using MlopsOperator.ModelServer.Endpoints;

namespace MlopsOperator.ModelServer.Tests.Endpoints;

public sealed class PooledBodyTests
{
    [Theory]
    [InlineData(0, 10, true)]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(100_000, 100_000, true)]
    [InlineData(100_001, 100_000, false)]
    public async Task A_body_is_read_whole_or_not_at_all(int length, int limit, bool fits)
    {
        var content = Enumerable.Range(0, length).Select(index => (byte)index).ToArray();

        using var body = await PooledBody.ReadAsync(new MemoryStream(content), limit, TestContext.Current.CancellationToken);

        (body is not null).Should().Be(fits);
        if (fits)
        {
            body!.Bytes.ToArray().Should().Equal(content);
        }
    }
}
