using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>One cause in a Status.</summary>
internal sealed record StatusCause(string? Reason, string Message, string? Field)
{
    public JsonObject ToJson()
    {
        var cause = new JsonObject();
        if (Reason is not null)
        {
            cause["reason"] = Reason;
        }

        cause["message"] = Message;
        if (Field is not null)
        {
            cause["field"] = Field;
        }

        return cause;
    }
}
