using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Requests;

/// <summary>What became of a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestPhase>))]
public enum RequestPhase
{
    /// <summary>Not answered yet.</summary>
    Pending,

    /// <summary>Done.</summary>
    Honoured,

    /// <summary>Not done; the message says why, and what to do.</summary>
    Refused,
}
