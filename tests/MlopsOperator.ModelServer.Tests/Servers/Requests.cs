namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>Requests to a model of the delays' signature.</summary>
internal static class Requests
{
    public const string Row = "0.33,4,4,1431,42.2,35.8,81.1,54.8,37,10,3.9,-2";

    public static string Rows(int count) => string.Join(',', Enumerable.Repeat(Row, count));

    /// <summary>A request with one input; each part may be wrong.</summary>
    public static string Features(string shape, string data, string datatype = "\"FP32\"", string name = "\"features\"", string more = "") =>
        $$"""{"inputs":[{"name":{{name}},"shape":{{shape}},"datatype":{{datatype}},"data":{{data}}}]{{more}}}""";

    public static string One(string more = "") => Features("[1,12]", $"[{Row}]", more: more);
}
