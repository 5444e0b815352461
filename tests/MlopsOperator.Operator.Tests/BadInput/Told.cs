using System.Text.Json.Nodes;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>What an object and its Events say, read as JSON: the object may be one that no class can hold.</summary>
internal static class Told
{
    /// <summary>Reason and message of a condition that is True; null without it.</summary>
    public static (string Reason, string Message)? By(ReleaseWorld world, string plural, string name, string type)
    {
        var conditions = Object(world, plural, name)?["status"]?["conditions"] as JsonArray ?? [];
        var found = conditions.FirstOrDefault(condition => (string?)condition!["type"] == type && (string?)condition["status"] is "True");
        return found is null ? null : ((string)found["reason"]!, (string)found["message"]!);
    }

    /// <summary>Messages of the Warning Events about an object.</summary>
    public static IReadOnlyList<string> Warnings(ReleaseWorld world, string name, string reason) =>
    [
        // Those about an object without namespace are in "default".
        .. world.List("events").Concat(world.List("events", "default"))
            .Where(@event => (string?)@event!["type"] is "Warning" && (string?)@event["reason"] == reason && (string?)@event["involvedObject"]?["name"] == name)
            .Select(@event => (string)(@event!["message"] ?? @event["note"])!),
    ];

    public static JsonNode? Object(ReleaseWorld world, string plural, string name) =>
        world.List(plural).FirstOrDefault(item => (string?)item!["metadata"]!["name"] == name);
}
