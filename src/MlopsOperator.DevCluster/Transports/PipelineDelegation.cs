using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The typed client wants a delegating handler and gives it a network handler of its own below: this one never calls it.</summary>
internal sealed class PipelineDelegation(Func<ApiRequest, CancellationToken, Task<ApiResponse>> handle, string? userAgent) : DelegatingHandler
{
    private readonly HttpMessageInvoker invoker = new(new PipelineHandler(handle, userAgent));

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
