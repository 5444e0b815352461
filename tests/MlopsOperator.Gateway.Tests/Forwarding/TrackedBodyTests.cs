using System.IO.Pipelines;
using MlopsOperator.Gateway.Forwarding;

namespace MlopsOperator.Gateway.Tests.Forwarding;

public sealed class TrackedBodyTests
{
    private readonly Pipe client = new();
    private readonly byte[] buffer = new byte[16];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_waits_for_its_client_only_while_a_read_has_not_come_back()
    {
        await using var body = new TrackedBody(client.Reader.AsStream());
        body.HasStarted.Should().BeFalse();
        body.WaitsForClient.Should().BeFalse();

        var reading = body.ReadAsync(buffer, Cancellation);
        body.HasStarted.Should().BeTrue();
        body.WaitsForClient.Should().BeTrue();

        await client.Writer.WriteAsync(new byte[3], Cancellation);
        (await reading).Should().Be(3);
        body.WaitsForClient.Should().BeFalse("what was read is now the backend's to take");

        await client.Writer.CompleteAsync();
        (await body.ReadAsync(buffer, Cancellation)).Should().Be(0);
        body.WaitsForClient.Should().BeFalse("it has arrived");
    }

    [Fact]
    public async Task A_read_that_was_cancelled_was_waiting_for_the_client_and_is_settled_then()
    {
        await using var body = new TrackedBody(client.Reader.AsStream());
        using var deadline = new CancellationTokenSource();
        var reading = body.ReadAsync(buffer, deadline.Token).AsTask();
        var settled = body.SettledAsync();
        settled.IsCompleted.Should().BeFalse();

        await deadline.CancelAsync();

        await reading.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await settled;
        body.WaitsForClient.Should().BeTrue();
        body.SettledAsync().IsCompleted.Should().BeTrue();
    }
}
