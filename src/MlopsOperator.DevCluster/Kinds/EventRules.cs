using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Events, which are stored as the core kind: what both groups ask of them, and what events.k8s.io asks beyond that.</summary>
internal static class EventRules
{
    private const int MaximumLength = 128;
    private const int MaximumNote = 1024;
    private static readonly string[] Fixed = ["eventTime", "action", "reason", "involvedObject", "related", "message", "type", "reportingComponent", "reportingInstance"];

    public static void Validate(ResourceKind kind, JsonObject content, JsonObject? old, List<FieldError> errors)
    {
        var isNew = kind.Group.Length > 0;
        var about = content.Text("involvedObject", "namespace") ?? "";
        var space = content.Text("metadata", "namespace");
        if (about.Length == 0 ? space is not "default" : !string.Equals(about, space, StringComparison.Ordinal))
        {
            errors.Add(FieldError.InvalidText("involvedObject.namespace", about, "does not match event.namespace"));
        }

        if (content["eventTime"] is not null)
        {
            Precise(content, isNew ? "reportingController" : "reportingComponent", errors);
        }

        if (isNew)
        {
            OfNewGroup(content, old, errors);
        }
    }

    /// <summary>An event with a time to the microsecond says who tells it, and of what.</summary>
    private static void Precise(JsonObject content, string controllerField, List<FieldError> errors)
    {
        var controller = content.Text("reportingComponent") ?? "";
        if (controller.Length == 0)
        {
            errors.Add(FieldError.Required(controllerField));
        }

        errors.AddRange(Names.QualifiedErrors(controller).Select(wrong => FieldError.InvalidText(controllerField, controller, wrong)));
        foreach (var name in new[] { "reportingInstance", "action", "reason" })
        {
            var text = content.Text(name) ?? "";
            if (text.Length == 0)
            {
                errors.Add(FieldError.Required(name));
            }
            else if (text.Length > MaximumLength)
            {
                errors.Add(FieldError.InvalidText(name, "", FormattableString.Invariant($"can have at most {MaximumLength} characters")));
            }
        }

        if (content.Text("message")?.Length > MaximumNote)
        {
            errors.Add(FieldError.InvalidText("message", "", FormattableString.Invariant($"can have at most {MaximumNote} characters")));
        }
    }

    private static void OfNewGroup(JsonObject content, JsonObject? old, List<FieldError> errors)
    {
        if (content.Text("type") is not ("Normal" or "Warning"))
        {
            errors.Add(FieldError.InvalidText("type", "", $"has invalid value: {content.Text("type")}"));
        }

        if (old is not null)
        {
            foreach (var name in Fixed.Where(name => !JsonNode.DeepEquals(old[name], content[name])))
            {
                var shown = EventViews.Members.FirstOrDefault(member => string.Equals(member.Core, name, StringComparison.Ordinal)).Events ?? name;
                errors.Add(FieldError.Invalid(shown, JsonBytes.Text(content[name]), "field is immutable"));
            }

            return;
        }

        if (content["eventTime"] is null)
        {
            errors.Add(FieldError.Required("eventTime"));
        }

        foreach (var name in new[] { "firstTimestamp", "lastTimestamp", "count" })
        {
            if (content[name] is not null)
            {
                errors.Add(FieldError.InvalidText(name, "", "needs to be unset"));
            }
        }

        if (content.Map("source") is { Count: > 0 })
        {
            errors.Add(FieldError.InvalidText("source", "", "needs to be unset"));
        }
    }
}
