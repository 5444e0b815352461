namespace MlopsOperator.ControllerRuntime.Tests.Testing;

internal sealed record RequestPath(string? Namespace, string Plural, string? Name, string? Subresource, IReadOnlyDictionary<string, string> Query)
{
    public static RequestPath Parse(string pathAndQuery)
    {
        var parts = pathAndQuery.Split('?');
        var path = parts[0].Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var rest = path[0] is "api" ? path[2..] : path[3..];
        string? @namespace = null;
        if (rest[0] is "namespaces" && rest.Length > 2)
        {
            @namespace = rest[1];
            rest = rest[2..];
        }

        var query = (parts.Length > 1 ? parts[1].Split('&') : [])
            .Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]), StringComparer.Ordinal);
        return new RequestPath(@namespace, rest[0], rest.Length > 1 ? rest[1] : null, rest.Length > 2 ? rest[2] : null, query);
    }
}
