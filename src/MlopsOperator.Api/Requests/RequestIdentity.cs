using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Requests;

/// <summary>How sure it is who made a request.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequestIdentity>))]
public enum RequestIdentity
{
    /// <summary>The request says so itself: whoever may create requests may write any name into it.</summary>
    Unverified,
}
