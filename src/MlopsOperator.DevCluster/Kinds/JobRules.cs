using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Jobs.</summary>
internal static class JobRules
{
    private static readonly string[] Counts = ["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"];

    /// <summary>What of the template may change as long as a suspended Job has not begun.</summary>
    private static readonly string[] Scheduling = ["nodeSelector", "tolerations", "affinity", "schedulingGates"];

    public static void Default(JsonObject job)
    {
        var spec = job.Ensure("spec");
        if (spec["parallelism"] is null)
        {
            // Without either it is one pod; with parallelism alone the pods agree among themselves when the work is done.
            spec.Default("completions", 1);
            spec["parallelism"] = 1;
        }

        spec.Default("backoffLimit", 6);
        spec.Default("completionMode", "NonIndexed");
        spec.Default("suspend", false);
        spec.Default("podReplacementPolicy", "TerminatingOrFailed");
        spec.Default("manualSelector", false);
        PodDefaults.Apply(spec.Ensure("template").Ensure("spec"));
        spec.Map("template")!.Default("metadata", new JsonObject());
        CopyLabels(job);
    }

    /// <summary>The selector and labels that tell a Job's pods from those of all others.</summary>
    public static void Prepare(JsonObject job, JsonObject? old)
    {
        if (old is not null)
        {
            return;
        }

        var (name, uid) = (job.Text("metadata", "name"), job.Text("metadata", "uid"));
        var spec = job.Ensure("spec");
        if (spec.Flag("manualSelector") is not true)
        {
            var labels = spec.Ensure("template").Ensure("metadata").Ensure("labels");
            foreach (var prefix in new[] { "batch.kubernetes.io/", "" })
            {
                labels.Default(prefix + "controller-uid", uid);
                labels.Default(prefix + "job-name", name);
            }

            spec.Default("selector", new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } });
            CopyLabels(job);
        }

        job.Default("status", new JsonObject());
    }

    public static void Validate(JsonObject job, JsonObject? old, List<FieldError> errors)
    {
        var spec = job.Map("spec");
        Refuse(spec);
        foreach (var name in Counts)
        {
            if (spec.Number(name) is < 0 and var count)
            {
                errors.Add(FieldError.Invalid($"spec.{name}", count.ToString(System.Globalization.CultureInfo.InvariantCulture), "must be greater than or equal to 0"));
            }
        }

        var labels = spec.Map("template", "metadata", "labels");
        if (spec.Map("selector") is not { } selector)
        {
            errors.Add(FieldError.Required("spec.selector"));
        }
        else if (selector.Map("matchLabels") is { } wanted && wanted.Any(p => !string.Equals(labels.Text(p.Key), p.Value?.ToString(), StringComparison.Ordinal)))
        {
            errors.Add(FieldError.Invalid("spec.template.metadata.labels", JsonBytes.Text(labels), "`selector` does not match template `labels`"));
        }

        if (spec.Text("template", "spec", "restartPolicy") is not ("OnFailure" or "Never"))
        {
            errors.Add(FieldError.Required("spec.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
        }

        if (spec.Text("podReplacementPolicy") is { } policy and not ("Failed" or "TerminatingOrFailed"))
        {
            errors.Add(FieldError.NotSupported("spec.podReplacementPolicy", FieldError.Quote(policy), ["Failed", "TerminatingOrFailed"]));
        }

        PodRules.Validate(spec.Map("template", "spec"), "spec.template.spec", errors);
        if (old is not null)
        {
            Immutable(spec, old, errors);
        }
    }

    private static void Immutable(JsonObject? spec, JsonObject old, List<FieldError> errors)
    {
        foreach (var name in new[] { "completions", "selector", "completionMode", "managedBy" })
        {
            if (!JsonNode.DeepEquals(old.At("spec", name), spec.At(name)))
            {
                errors.Add(FieldError.Invalid($"spec.{name}", JsonBytes.Text(spec.At(name)), "field is immutable"));
            }
        }

        var isHeld = old.Flag("spec", "suspend") is true && old.At("status", "startTime") is null;
        var (before, now) = (Fixed(old.Map("spec", "template"), isHeld), Fixed(spec.Map("template"), isHeld));
        if (!JsonNode.DeepEquals(before, now))
        {
            errors.Add(FieldError.Invalid("spec.template", JsonBytes.Text(spec.At("template")), "field is immutable"));
        }
    }

    private static JsonObject Fixed(JsonObject? template, bool isHeld)
    {
        var copy = template?.Copy() ?? [];
        if (isHeld)
        {
            copy.Map("metadata")?.Remove("labels");
            copy.Map("metadata")?.Remove("annotations");
            foreach (var name in Scheduling)
            {
                copy.Map("spec")?.Remove(name);
            }
        }

        return copy;
    }

    /// <summary>What the controller does not do is not taken in.</summary>
    private static void Refuse(JsonObject? spec)
    {
        if (spec.Text("completionMode") is not (null or "NonIndexed"))
        {
            throw Statuses.NotImplemented("this embedded cluster runs no Jobs of spec.completionMode Indexed: leave it out, or create one Job for each index");
        }

        foreach (var name in new[] { "podFailurePolicy", "successPolicy", "backoffLimitPerIndex", "maxFailedIndexes" })
        {
            if (spec.At(name) is not null)
            {
                throw Statuses.NotImplemented($"this embedded cluster does not act on spec.{name} of Jobs: leave it out, spec.backoffLimit holds");
            }
        }
    }

    /// <summary>A Job without labels has those of its pods.</summary>
    private static void CopyLabels(JsonObject job)
    {
        if (job.Map("spec", "template", "metadata", "labels") is { Count: > 0 } labels && job.Map("metadata", "labels") is not { Count: > 0 })
        {
            job.Metadata()["labels"] = labels.DeepClone();
        }
    }
}
