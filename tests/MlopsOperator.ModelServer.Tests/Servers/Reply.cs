using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>An answer of the server.</summary>
internal sealed record Reply(int Status, string Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonObject Json => JsonNode.Parse(Body)!.AsObject();

    /// <summary>The text of <c>{"error": text}</c>.</summary>
    public string Error => (string)Json["error"]!;

    /// <summary>The data of an output, as text of JSON.</summary>
    public string Data(string output) => Output(output)["data"]!.ToJsonString();

    /// <summary>The shape of an output, as text of JSON.</summary>
    public string Shape(string output) => Output(output)["shape"]!.ToJsonString();

    public JsonObject Output(string output) => Json["outputs"]!.AsArray().Single(candidate => string.Equals((string)candidate!["name"]!, output, StringComparison.Ordinal))!.AsObject();

    public static async Task<Reply> FromAsync(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);
}
