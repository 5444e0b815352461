using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A Status: an answer that is no object.</summary>
internal sealed record ApiStatus(int Code, string? Reason, string Message)
{
    public string? Name { get; init; }

    public string? Group { get; init; }

    public string? Kind { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<StatusCause> Causes { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether details are written although they are empty.</summary>
    public bool EmptyDetails { get; init; }

    public JsonObject ToJson()
    {
        var status = new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = Code < 400 ? "Success" : "Failure" };
        if (Message.Length > 0)
        {
            status["message"] = Message;
        }

        if (Reason is not null)
        {
            status["reason"] = Reason;
        }

        var details = Details();
        if (details.Count > 0 || EmptyDetails)
        {
            status["details"] = details;
        }

        if (Code >= 400)
        {
            status["code"] = Code;
        }

        return status;
    }

    private JsonObject Details()
    {
        var details = new JsonObject();
        foreach (var (key, value) in new[] { ("name", Name), ("group", Group), ("kind", Kind), ("uid", Uid) })
        {
            if (!string.IsNullOrEmpty(value))
            {
                details[key] = value;
            }
        }

        if (Causes.Count > 0)
        {
            details["causes"] = new JsonArray([.. Causes.Select(cause => cause.ToJson())]);
        }

        if (RetryAfterSeconds is { } seconds)
        {
            details["retryAfterSeconds"] = seconds;
        }

        return details;
    }
}
