using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Tests.Writing;

public sealed class ObjectApplierTests
{
    private static readonly ResourceType Kind = ResourceType.For<V1ConfigMap>();

    private readonly FakeTimeProvider _time = new();
    private readonly FakeVersions _cache = new();
    private readonly RecordingApi _api = new(Object("6", generation: 1));
    private readonly OwnWrites _ownWrites;
    private readonly ObjectApplier _applier;
    private readonly JsonObject _content = new() { ["metadata"] = new JsonObject { ["name"] = "m" }, ["data"] = new JsonObject { ["a"] = "1", ["b"] = "2" } };

    public ObjectApplierTests()
    {
        _ownWrites = new OwnWrites(_time);
        _ownWrites.AddCache(Kind, _cache);
        _applier = new ObjectApplier(_api, _ownWrites, _time);
    }

    [Theory]
    [InlineData(1L, "6", true)]
    [InlineData(1L, "7", true)]
    [InlineData(2L, "7", false)]
    [InlineData(null, "7", false)]
    public async Task The_generation_tells_whether_an_object_is_as_the_last_apply_left_it(long? generation, string resourceVersion, bool skipped)
    {
        _api.Answer.Metadata.Generation = generation is null ? null : 1;
        await ApplyAsync(null);
        _cache.Reached = resourceVersion;

        await ApplyAsync(Object(resourceVersion, generation));

        _api.Applies.Should().Be(skipped ? 1 : 2);
    }

    [Fact]
    public async Task Another_object_of_the_same_name_another_content_and_a_new_process_are_reasons_to_apply()
    {
        var observed = _api.Answer;
        await ApplyAsync(observed);
        _cache.Reached = "6";
        _api.Applies.Should().Be(1, "this process had not applied it");

        var sameInOtherOrder = new JsonObject { ["data"] = new JsonObject { ["b"] = "2", ["a"] = "1" }, ["metadata"] = new JsonObject { ["name"] = "m" } };
        await ApplyAsync(observed, sameInOtherOrder);
        _api.Applies.Should().Be(1, "the order of members says nothing");
        await ApplyAsync(Object("6", generation: 1, uid: "another"));
        _api.Applies.Should().Be(2);
        _content["data"]!["a"] = "changed";
        await ApplyAsync(observed);
        _api.Applies.Should().Be(3);
        _applier.Forget<V1ConfigMap>(null, "m", "test");
        await ApplyAsync(observed);

        _api.Applies.Should().Be(4);
    }

    [Theory]
    [InlineData("u")]
    [InlineData("the one before")]
    public async Task A_cache_that_is_behind_is_no_reason_to_apply_again_whichever_object_it_shows(string uid)
    {
        await ApplyAsync(null);
        _time.Advance(TimeSpan.FromMinutes(9));

        await ApplyAsync(Object("5", generation: 1, uid));

        _api.Applies.Should().Be(1);
    }

    [Fact]
    public async Task An_object_that_the_cache_does_not_show_yet_is_applied_again_after_half_a_minute()
    {
        await ApplyAsync(null);
        _time.Advance(TimeSpan.FromSeconds(29));
        (await ApplyAsync(null)).Should().BeNull("nothing was sent");
        _api.Applies.Should().Be(1);

        _time.Advance(TimeSpan.FromSeconds(1));
        await ApplyAsync(null);
        _api.Applies.Should().Be(2);
        await ApplyAsync(null);

        _api.Applies.Should().Be(2);
    }

    [Fact]
    public async Task An_object_that_is_gone_is_applied_at_once()
    {
        await ApplyAsync(null);
        _cache.Reached = "7";

        await ApplyAsync(null);

        _api.Applies.Should().Be(2);
    }

    [Fact]
    public async Task An_older_version_in_a_cache_that_was_further_is_of_restored_data_and_applied_over()
    {
        await ApplyAsync(null);
        _cache.Reached = "6";
        await ApplyAsync(_api.Answer);
        _cache.Reached = "3";

        await ApplyAsync(Object("3", generation: 1));

        _api.Applies.Should().Be(2);
    }

    private static V1ConfigMap Object(string resourceVersion, long? generation, string uid = "u") =>
        new() { Metadata = new V1ObjectMeta { Name = "m", Uid = uid, Generation = generation, ResourceVersion = resourceVersion } };

    /// <summary>Applies, and records the write as the client of the API does.</summary>
    private async Task<V1ConfigMap?> ApplyAsync(V1ConfigMap? observed, JsonObject? content = null)
    {
        var before = _api.Applies;
        var result = await _applier.ApplyAsync(content ?? _content, observed, "test", TestContext.Current.CancellationToken);
        if (_api.Applies > before)
        {
            _ownWrites.Record(Kind, new ObjectKey(null, "m"), _api.Answer.Metadata.ResourceVersion);
        }

        return result;
    }

    private sealed class FakeVersions : IWatchedVersions
    {
        public string Reached { get; set; } = "1";

        public bool HasReached(ObjectKey key, string resourceVersion) => ResourceVersions.HasReached(Reached, resourceVersion);
    }
}
