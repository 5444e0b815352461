using MlopsOperator.Fetcher.Sources;

namespace MlopsOperator.Fetcher.Tests.Sources;

public sealed class FileArtifactSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FileArtifactSource source;

    public FileArtifactSourceTests()
    {
        folder.Write("root/models/model.onnx", [1, 2, 3]);
        folder.Write("root/models/a b%.onnx", [4]);
        folder.Write("outside/secret", [9]);
        source = new FileArtifactSource(folder.At("root"));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("file:///models/model.onnx", 3)]
    [InlineData("FILE:///models//model.onnx", 3)]
    [InlineData("file:///models/a%20b%25.onnx", 1)]
    public async Task A_path_is_resolved_under_the_root_and_decoded_once(string uri, int length)
    {
        await using var stream = await source.OpenAsync(uri, TestContext.Current.CancellationToken);

        stream.Length.Should().Be(length);
    }

    [Fact]
    public async Task With_the_root_of_the_machine_a_path_is_itself()
    {
        var whole = new FileArtifactSource("/");

        await using var stream = await whole.OpenAsync("file://" + folder.At("root", "models", "model.onnx"), TestContext.Current.CancellationToken);

        stream.Length.Should().Be(3);
    }

    [Theory]
    [InlineData("file:///../outside/secret", "..")]
    [InlineData("file:///models/%2e%2e/%2E%2E/outside/secret", "..")]
    [InlineData("file:///models/..%2f..%2foutside/secret", "encoded slashes")]
    [InlineData("file:///models/..%5c..%5coutside", "encoded slashes")]
    [InlineData("file:///models/model.onnx%00", "not usable")]
    [InlineData("file:///./models/model.onnx", "not usable")]
    [InlineData("file://models/model.onnx", "three slashes")]
    [InlineData("file:models/model.onnx", "file:///")]
    [InlineData("file:///", "file:///")]
    [InlineData("file:////", "not usable")]
    [InlineData("file:///models/model.onnx?version=2", "query")]
    [InlineData("file:///models/model.onnx#2", "fragment")]
    public async Task A_path_that_leads_elsewhere_or_nowhere_is_refused(string uri, string expected)
    {
        var opening = () => source.OpenAsync(uri, TestContext.Current.CancellationToken);

        (await opening.Should().ThrowAsync<ArtifactException>().WithMessage($"*{expected}*")).Which.Reason.Should().Be("InvalidUri");
    }

    [Theory]
    [InlineData("/outside/secret")]
    [InlineData("../../outside/secret")]
    public async Task A_link_out_of_the_root_is_refused(string target)
    {
        File.CreateSymbolicLink(folder.At("root", "models", "link.onnx"), target.StartsWith('/') ? folder.Path + target : target);

        var opening = () => source.OpenAsync("file:///models/link.onnx", TestContext.Current.CancellationToken);

        (await opening.Should().ThrowAsync<ArtifactException>().WithMessage("*by a link*")).Which.Reason.Should().Be("InvalidUri");
    }

    [Fact]
    public async Task A_linked_folder_out_of_the_root_is_refused()
    {
        Directory.CreateSymbolicLink(folder.At("root", "elsewhere"), folder.At("outside"));

        var opening = () => source.OpenAsync("file:///elsewhere/secret", TestContext.Current.CancellationToken);

        (await opening.Should().ThrowAsync<ArtifactException>()).Which.Reason.Should().Be("InvalidUri");
    }

    [Fact]
    public async Task A_neighbour_whose_name_begins_like_the_root_is_outside()
    {
        folder.Write("root-2/secret", [1]);
        File.CreateSymbolicLink(folder.At("root", "link"), "../root-2/secret");

        var opening = () => source.OpenAsync("file:///link", TestContext.Current.CancellationToken);

        (await opening.Should().ThrowAsync<ArtifactException>()).Which.Reason.Should().Be("InvalidUri");
    }

    [Fact]
    public async Task A_link_that_stays_inside_is_followed_also_in_the_middle_of_a_path()
    {
        Directory.CreateSymbolicLink(folder.At("root", "current"), "models");
        File.CreateSymbolicLink(folder.At("root", "models", "latest.onnx"), "./model.onnx");

        await using var stream = await source.OpenAsync("file:///current/latest.onnx", TestContext.Current.CancellationToken);

        stream.Length.Should().Be(3);
    }

    [Fact]
    public async Task Links_in_a_circle_end_as_an_error()
    {
        File.CreateSymbolicLink(folder.At("root", "a"), "b");
        File.CreateSymbolicLink(folder.At("root", "b"), "a");

        var opening = () => source.OpenAsync("file:///a", TestContext.Current.CancellationToken);

        await opening.Should().ThrowAsync<ArtifactException>().WithMessage("*more than 40 symbolic links*");
    }

    [Fact]
    public async Task A_root_that_is_itself_a_link_works()
    {
        Directory.CreateSymbolicLink(folder.At("root-link"), folder.At("root"));

        await using var stream = await new FileArtifactSource(folder.At("root-link")).OpenAsync("file:///models/model.onnx", TestContext.Current.CancellationToken);

        stream.Length.Should().Be(3);
    }

    [Fact]
    public async Task A_folder_is_not_an_artifact()
    {
        var opening = () => source.OpenAsync("file:///models", TestContext.Current.CancellationToken);

        (await opening.Should().ThrowAsync<ArtifactException>().WithMessage("*is a folder*")).Which.Reason.Should().Be("ArtifactNotFound");
    }
}
