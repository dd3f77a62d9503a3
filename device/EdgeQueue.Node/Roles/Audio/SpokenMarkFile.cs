using System.Globalization;
using System.Text;
using EdgeQueue.Node.Host;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// Keeps the mark of the last call that was begun: one line, <c>journal seq</c>, replaced durably before each sound. A file
/// that cannot be read counts as none: then at most the calls of the last 30 s are spoken a second time.
/// </summary>
public sealed class SpokenMarkFile(string path)
{
    public SpokenMark? Read()
    {
        var text = DurableFile.Read(path) is { } bytes ? Encoding.UTF8.GetString(bytes).Trim() : "";
        return text.Split(' ') is [{ Length: > 0 } journal, var seq]
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new SpokenMark(journal, number)
                : null;
    }

    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Write(SpokenMark mark) => DurableFile.Write(
        path, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{mark.Journal} {mark.Seq}\n")));
}
