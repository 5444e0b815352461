using MlopsOperator.DevCluster.Faults;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The typed client wants a delegating handler and gives it a network handler of its own below: this one never calls it.</summary>
internal sealed class PipelineDelegation(ClientGate gate, string? userAgent) : DelegatingHandler
{
    private readonly HttpMessageInvoker invoker = new(new PipelineHandler(gate, userAgent));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        invoker.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            invoker.Dispose();
        }

        base.Dispose(disposing);
    }
}
