using System.Net;

namespace MlopsOperator.Demo.Tests;

/// <summary>Answers by the path, and remembers what was asked.</summary>
internal sealed class ScriptedServer(Func<string, string> answer) : HttpMessageHandler
{
    public List<string> Paths { get; } = [];

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://cluster/") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (path.Contains("modeldeployments", StringComparison.Ordinal))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }

        Paths.Add(path);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer(path), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) });
    }
}
