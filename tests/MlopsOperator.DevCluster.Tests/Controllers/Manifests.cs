namespace MlopsOperator.DevCluster.Tests.Controllers;

/// <summary>Manifests as short as they may be. They say what the API's defaults would add where controllers rely on it.</summary>
internal static class Manifests
{
    public static string Deployment(int replicas = 1, string strategy = "{}", int deadline = 600, int history = 10, int minReady = 0) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $$$"""
        {"metadata":{"name":"web","namespace":"default"},"spec":{"replicas":{{{replicas}}},"progressDeadlineSeconds":{{{deadline}}},"revisionHistoryLimit":{{{history}}},
        "minReadySeconds":{{{minReady}}},"selector":{"matchLabels":{"app":"web"}},"strategy":{{{strategy}}},
        "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"main","image":"i:1","ports":[{"name":"http","containerPort":8080}]}]} } } }
        """);

    public static string Image(string image) =>
        $$$$"""{"spec":{"template":{"spec":{"containers":[{"name":"main","image":"{{{{image}}}}","ports":[{"name":"http","containerPort":8080}]}]} } } }""";

    public static string Service(string ports = """[{"name":"http","port":80,"targetPort":"http"}]""", string labels = """{"app":"web","team":"a"}""") =>
        $$$"""{"metadata":{"name":"web","namespace":"default","labels":{{{labels}}}},"spec":{"selector":{"app":"web"},"ports":{{{ports}}}}}""";

    public static string Pod(string name, string container = "{}", string spec = "{}", string labels = """{"app":"web"}""", string image = "i:1")
    {
        var pod = (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(
            $$$"""{"metadata":{"name":"{{{name}}}","namespace":"default","labels":{{{labels}}}},"spec":{"containers":[{"name":"main","image":"{{{image}}}"}]}}""")!;
        Merge((System.Text.Json.Nodes.JsonObject)pod["spec"]!["containers"]![0]!, container);
        Merge((System.Text.Json.Nodes.JsonObject)pod["spec"]!, spec);
        return pod.ToJsonString();
    }

    private static void Merge(System.Text.Json.Nodes.JsonObject into, string json)
    {
        foreach (var (key, value) in (System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!)
        {
            into[key] = value?.DeepClone();
        }
    }
}
