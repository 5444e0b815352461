using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Routes;

/// <summary>Writes roles in lower case: stable, candidate.</summary>
public sealed class BackendRoleConverter() : JsonStringEnumConverter<BackendRole>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
