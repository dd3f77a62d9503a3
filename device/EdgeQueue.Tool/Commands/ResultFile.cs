namespace EdgeQueue.Tool.Commands;

/// <summary>A file that a command writes at its end: whether it can be written is looked at before the work and not after it.</summary>
internal static class ResultFile
{
    /// <returns>Null, or a sentence. What was in the file is still there; one that was not there is not.</returns>
    public static string? WhyNot(string path)
    {
        try
        {
            var isNew = !File.Exists(path);
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
            }

            if (isNew)
            {
                File.Delete(path);
            }

            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"'{path}' cannot be written: {wrong.Message}";
        }
    }
}
