namespace MlopsOperator.DevCluster.Tests.Requests;

/// <summary>Who am I, and may I: one user, who may do everything.</summary>
public sealed class ReviewTests
{
    private const string Own = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    private const string Others = "/apis/authorization.k8s.io/v1/subjectaccessreviews";

    [Theory]
    [InlineData(Own, """{"spec":{"resourceAttributes":{"verb":"delete","resource":"secrets"}}}""")]
    [InlineData(Own, """{"spec":{"nonResourceAttributes":{"verb":"get","path":"/metrics"}}}""")]
    [InlineData(Others, """{"spec":{"user":"u","resourceAttributes":{"verb":"get","resource":"x"}}}""")]
    public async Task Everything_is_allowed_and_the_answer_says_why(string path, string review)
    {
        await using var cluster = await StartAsync();

        var answer = await cluster.CallAsync("POST", path, review);

        (answer.Status, (bool?)answer.Body["status"]!["allowed"]).Should().Be((201, true));
        ((string?)answer.Body["status"]!["reason"]).Should().Contain("no rights");
        answer.Body["spec"]!.AsObject().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_client_learns_who_it_is()
    {
        await using var cluster = await StartAsync();

        var answer = await cluster.CallAsync("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", """{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}""");

        answer.Status.Should().Be(201);
        answer.Body["status"]!["userInfo"]!["groups"]!.AsArray().Select(group => (string?)group).Should().Contain("system:masters");
    }

    [Theory]
    [InlineData(Own, """{"spec":{}}""", "spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [InlineData(Others, """{"spec":{"resourceAttributes":{"verb":"get","resource":"x"}}}""", "spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    public async Task A_review_of_nothing_or_of_nobody_is_refused_in_the_servers_words(string path, string review, string words)
    {
        await using var cluster = await StartAsync();

        var answer = await cluster.CallAsync("POST", path, review);

        (answer.Status, (string?)answer.Body["message"]).Should().Be((422, $".authorization.k8s.io \"\" is invalid: {words}"));
    }

    [Fact]
    public async Task Nothing_of_it_is_stored()
    {
        await using var cluster = await StartAsync();
        await cluster.CallAsync("POST", Own, """{"spec":{"resourceAttributes":{"verb":"get","resource":"x"}}}""");

        var list = await cluster.CallAsync("GET", Own);
        var resources = await cluster.CallAsync("GET", "/apis/authorization.k8s.io/v1");

        list.Status.Should().Be(405);
        resources.Body["resources"]!.AsArray().Should().OnlyContain(resource => resource!["verbs"]!.ToJsonString() == "[\"create\"]" && resource["storageVersionHash"] == null);
    }

    private static Task<EmbeddedCluster> StartAsync() => EmbeddedCluster.StartAsync(o => o.ApiOnly = true, TestContext.Current.CancellationToken);
}
