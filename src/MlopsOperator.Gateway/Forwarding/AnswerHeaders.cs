using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Requests;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>What the gateway sets on every answer, its own and a revision's.</summary>
internal sealed class AnswerHeaders(DrainState drain)
{
    /// <summary>Sets request id, version where there is one to be told, and the end of the connection while draining.</summary>
    public void Apply(HttpContext context, string? version)
    {
        var headers = context.Response.Headers;
        headers[ReservedHeaders.RequestId] = context.TraceIdentifier;
        if (version is not null)
        {
            headers[ReservedHeaders.Version] = version;
        }

        if (drain.IsDraining)
        {
            headers.Connection = "close";
        }
    }
}
