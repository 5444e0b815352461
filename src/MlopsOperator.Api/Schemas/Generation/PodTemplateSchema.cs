using k8s.Models;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>
/// Schema of a pod template: what people write most (names, images, arguments, environment, ports, resources, probes) is typed, so that
/// <c>kubectl explain</c> and early errors help; everything else is preserved, so that a newer Kubernetes' fields are not lost. The whole
/// schema would be fifty kilobytes and drop what it does not know.
/// </summary>
internal static class PodTemplateSchema
{
    private const int MaximumContainers = 16;
    private const int MaximumEntries = 128;

    /// <summary>Turns a free object into a pod template.</summary>
    /// <param name="schema">Schema of the field.</param>
    public static void Fill(SchemaNode schema)
    {
        var types = new SchemaBuilder(DocComments.None);
        schema.PreserveUnknownFields = false;
        schema
            .Add("metadata", Described("Labels and annotations of the pods.", new SchemaNode { Type = "object" }
                .Add("labels", Map("Labels of the pods."))
                .Add("annotations", Map("Annotations of the pods."))))
            .Add("spec", Spec(types), required: true);
    }

    private static SchemaNode Spec(SchemaBuilder types)
    {
        var containers = new SchemaNode
        {
            Description = "The containers; the one named server serves the model.",
            Type = "array",
            MinItems = 1,
            MaxItems = MaximumContainers,
            ListType = "map",
            ListMapKeys = ["name"],
            Items = Container(types),
        };
        containers.Rules.Add(new RuleNode("self.exists(c, c.name == 'server')", "expected a container named server"));
        return new SchemaNode { Type = "object", Description = "PodSpec; fields that are not listed here are kept.", PreserveUnknownFields = true }
            .Add("containers", containers, required: true);
    }

    private static SchemaNode Container(SchemaBuilder types) =>
        new SchemaNode { Type = "object", Description = "A container; fields that are not listed here are kept.", PreserveUnknownFields = true }
            .Add("name", new SchemaNode { Description = "Name of the container.", Type = "string", MinLength = 1, MaxLength = 63 }, required: true)
            .Add("image", new SchemaNode { Description = "Image of the container.", Type = "string", MaxLength = 1024 })
            .Add("command", Texts("Replaces the image's entry point."))
            .Add("args", Texts("Arguments; $(MODEL_NAME), $(MODEL_VERSION) and $(MODEL_PATH) are expanded."))
            .Add("env", Environment(types))
            .Add("ports", List("Ports that the container listens on.", types.Build(typeof(V1ContainerPort))))
            .Add("resources", Described("Resources that the container needs and may use.", types.Build(typeof(V1ResourceRequirements))))
            .Add("livenessProbe", Described("Restarts the container when it fails.", types.Build(typeof(V1Probe))))
            .Add("readinessProbe", Described("Takes the pod out of traffic while it fails; ready only when the model can answer.", types.Build(typeof(V1Probe))))
            .Add("startupProbe", Described("Holds the other probes back until it succeeds.", types.Build(typeof(V1Probe))));

    private static SchemaNode Environment(SchemaBuilder types)
    {
        var list = List("Environment variables, besides MODEL_NAME, MODEL_VERSION and MODEL_PATH.", types.Build(typeof(V1EnvVar)));
        list.ListType = "map";
        list.ListMapKeys = ["name"];
        return list;
    }

    private static SchemaNode Texts(string description) => List(description, new SchemaNode { Type = "string" });

    private static SchemaNode List(string description, SchemaNode items) =>
        new() { Description = description, Type = "array", MaxItems = MaximumEntries, ListType = "atomic", Items = items };

    private static SchemaNode Map(string description) =>
        new() { Description = description, Type = "object", MaxProperties = MaximumEntries, AdditionalProperties = new SchemaNode { Type = "string" } };

    private static SchemaNode Described(string description, SchemaNode schema)
    {
        schema.Description = description;
        return schema;
    }
}
