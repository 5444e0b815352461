using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Patching;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Who am I, and may I: there is one user, who may do everything. Rights are proved on a real server.</summary>
internal sealed class ReviewHandler(TimeProvider time)
{
    private const string Why = "this embedded cluster has no rights: whoever has its token may do everything";

    public ApiResponse Answer(ApiRequest request, ResourceTarget target)
    {
        var context = WriteContext.Of(request, target, "CreateOptions");
        var review = ManifestReader.Read(request, target.Kind);
        ObjectDecoder.Decode(context, review);
        var now = Times.Seconds(time.GetUtcNow());
        if (target.Kind.Kind is "SelfSubjectReview")
        {
            review["metadata"] = new JsonObject { ["creationTimestamp"] = now };
            review["status"] = new JsonObject
            {
                ["userInfo"] = new JsonObject { ["username"] = "devcluster", ["groups"] = new JsonArray("system:masters", "system:authenticated") },
            };
            return ApiResponse.Json(201, review, context.Warnings);
        }

        review.Remove("status");
        Check(target.Kind, review.Map("spec"));
        var ownership = FieldOwnership.Of(null, target.Kind.Schema);
        ownership.Update(Skeletons.Of(target.Kind), review, new ManagerEntry(context.Manager, ManagerEntry.Update, target.Kind.ApiVersion, null, now, new FieldSet()));
        if (ownership.ToJson() is { } managed)
        {
            review.Metadata()["managedFields"] = managed;
        }

        review["status"] = new JsonObject { ["allowed"] = true, ["reason"] = Why };
        return ApiResponse.Json(201, review, context.Warnings);
    }

    private static void Check(ResourceKind kind, JsonObject? spec)
    {
        var errors = new List<FieldError>();
        if ((spec.Map("resourceAttributes") is null) == (spec.Map("nonResourceAttributes") is null))
        {
            errors.Add(FieldError.Invalid("spec.resourceAttributes", JsonBytes.Text(spec.At("nonResourceAttributes")), "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
        }

        if (kind.Kind is "SubjectAccessReview" && spec.Text("user") is null or "" && spec.List("groups") is not { Count: > 0 })
        {
            errors.Add(FieldError.InvalidText("spec.user", "", "at least one of user or group must be specified"));
        }

        if (errors.Count > 0)
        {
            // The server names no kind here.
            throw Statuses.Invalid(kind.Group, "", "", errors);
        }
    }
}
