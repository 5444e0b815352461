using System.Security.Cryptography;
using MlopsOperator.Samples.Training;
using MlopsOperator.Samples.Training.Delays;
using MlopsOperator.Samples.Training.Flights;

// Without arguments the models are written to deploy/samples/models; --check compares them with what is there.
var checks = args is ["--check"];
if (args.Length > 0 && !checks)
{
    await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project deploy/samples/training [-- --check]");
    return 2;
}

var samples = SampleFolder.Find();
var differs = false;
foreach (var (name, bytes) in DelayModels.Train(await FlightFile.ReadAsync(Path.Combine(samples, "data", "delays.csv.gz"))))
{
    var path = Path.Combine(samples, "models", name);
    var present = File.Exists(path) ? await File.ReadAllBytesAsync(path) : [];
    var same = present.SequenceEqual(bytes);
    differs |= !same;
    if (!checks)
    {
        await File.WriteAllBytesAsync(path, bytes);
    }

    Console.WriteLine($"{name} {bytes.Length,7} sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))} {(same ? "unchanged" : checks ? "DIFFERS" : "written")}");
}

return checks && differs ? 1 : 0;
