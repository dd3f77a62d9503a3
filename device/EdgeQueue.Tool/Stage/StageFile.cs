using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// <c>stage.json</c> in the stage's folder: what another program must know to join the branch that runs there. All else is
/// at a fixed place: <c>branch.json</c>, <c>certificates/</c>, <c>devices/</c>.
/// </summary>
/// <param name="V">Version of the file, 1.</param>
/// <param name="BrokerPort">On 127.0.0.1, with TLS.</param>
internal sealed record StageFile(int V, int BrokerPort)
{
    private const string Name = "stage.json";

    public void Write(string folder) =>
        File.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, StageJson.Default.StageFile));

    /// <exception cref="StageException">No branch was started in this folder; the message says how.</exception>
    public static StageFile Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), StageJson.Default.StageFile)
                ?? throw new JsonException("it is empty");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StageException($"{folder} is not the folder of a running branch ({wrong.Message}). Start one: ./run --dir {folder}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StageFile))]
internal sealed partial class StageJson : JsonSerializerContext;
