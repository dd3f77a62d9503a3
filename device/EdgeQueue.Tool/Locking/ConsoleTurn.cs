namespace EdgeQueue.Tool.Locking;

/// <summary>
/// Whoever locks and unlocks within seconds means the last. The file holds the id of the newest order; an older one that is still
/// trying sees that it is not the newest any more, and stops.
/// </summary>
internal sealed class ConsoleTurn(string folder, string id)
{
    private readonly string path = Path.Combine(folder, "console.turn");

    public bool IsNewest => File.ReadAllText(path) == id;

    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Take()
    {
        Directory.CreateDirectory(folder);
        var next = $"{path}.{id}";
        File.WriteAllText(next, id);
        File.Move(next, path, overwrite: true);
    }
}
