namespace MlopsOperator.DevCluster.Requests;

/// <summary>Which representations are served: JSON alone.</summary>
internal static class Negotiation
{
    public static void Check(ApiRequest request)
    {
        if (string.IsNullOrEmpty(request.Accept) || request.Accept.Contains("application/json", StringComparison.Ordinal) || request.Accept.Contains("*/*", StringComparison.Ordinal)
            || request.Path.EndsWith("/log", StringComparison.Ordinal))
        {
            return;
        }

        throw new StatusException(new ApiStatus(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch") { EmptyDetails = true });
    }
}
